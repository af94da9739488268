export { readClip, useIsCut } from './clipboard.ts'
export { copy, cut, whatOf } from './copy.ts'
export { exportBundle } from './export.ts'
export { duplicate, type PasteInto, pasteClip, pasteText } from './paste.ts'
