import { createMarkStore } from './mark-store.ts'

/** The card under what is being dragged: empty where it would take it, else why it would not. */
export const dropMarks = createMarkStore<string>()

/** The card that the Tab key reaches; arrow keys move it over the chart. */
export const tabStop = createMarkStore<true>()
