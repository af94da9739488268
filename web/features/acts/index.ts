export { followActs } from './cache.ts'
export { undoCommands } from './commands.ts'
export { acting, doing, offerUndo, redoLatest, tellDone, undoLatest } from './undo.ts'
export { useUndoables } from './use-undoables.ts'
