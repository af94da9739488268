export { followFiles } from './cache.ts'
export { unsavedTexts, useIsUnsaved } from './unsaved.ts'
