export { importInto, importTemplate, planTemplate } from './import-template.ts'
export { readTemplate } from './read-template.ts'
export { startOpening } from './start-opening.ts'
export { awaitOpening } from './store.ts'
