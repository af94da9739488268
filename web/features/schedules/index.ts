export { followSchedules } from './cache.ts'
export { SchedulesTab } from './schedules-tab.tsx'
