export { exportLog } from './export-log.ts'
export { sealLog } from './seal-logs.ts'
export { verifyExport } from './verify-export.ts'
export { verifyLog } from './verify-log.ts'
