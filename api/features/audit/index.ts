export { exportLog } from './export-log.ts'
export { verifyExport } from './verify-export.ts'
