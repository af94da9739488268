import { createMarkStore } from './mark-store.ts'

/** The card that would take what is being dragged; `refused` says why it would not. */
export type DropMark = { refused: string | undefined }

export const dropMarks = createMarkStore<string>()

/** The card that the Tab key reaches; arrow keys move it over the chart. */
export const tabStop = createMarkStore<true>()
