export { ActivityTab } from './activity-tab.tsx'
export { followAudit } from './cache.ts'
