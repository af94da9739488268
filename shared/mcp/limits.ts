/** Of a server: stands in front of the names of its tools, so it is short and has no double underscore. */
export const serverName = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/
export const maxNameChars = 24
export const maxServers = 50
/** Of one server; what a list holds beyond is not offered. */
export const maxTools = 200
/** Of all definitions of one server as JSON. */
export const maxListBytes = 400_000
export const maxResultChars = 100_000
export const maxFiles = 20
export const maxFileChars = 200_000
export const restorableHours = 24
