export { followFiles } from './cache.ts'
export { useIsUnsaved } from './unsaved.ts'
