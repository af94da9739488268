export { ActivityTab } from './activity-tab.tsx'
export { followAudit } from './cache.ts'
export { auditCommands } from './commands.ts'
