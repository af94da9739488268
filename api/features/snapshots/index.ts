export { openSnapshot } from './list-snapshots.ts'
export { restoreSnapshot } from './restore-snapshot.ts'
export { takeSnapshot } from './take-snapshot.ts'
