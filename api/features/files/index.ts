export { parseConfig } from './parse-config.ts'
export { editedSinceTemplate, lockText, readConfig, readHead } from './read-head.ts'
export { writeFile } from './write-file.ts'
