export { askSnapshots } from './ask.ts'
export { followSnapshots } from './cache.ts'
export { snapshotCommands } from './commands.ts'
export { SnapshotsDialog } from './snapshots-dialog.tsx'
