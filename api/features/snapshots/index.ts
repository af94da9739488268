export { restoreSnapshot } from './restore-snapshot.ts'
export { exportSnapshot } from './take-snapshot.ts'
