export { askMove } from './ask.ts'
export { moveCommands } from './commands.ts'
export { MoveDialogs } from './move-dialogs.tsx'
