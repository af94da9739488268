export { parseConfig } from './parse-config.ts'
export { editedSinceTemplate, lockText, readHead } from './read-head.ts'
export { writeFile } from './write-file.ts'
