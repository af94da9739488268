export { followFiles } from './cache.ts'
export { unsavedTexts, useIsUnsaved } from './unsaved.ts'
export { useDeleteFile } from './use-delete-file.ts'
