export { followNotices } from './cache.ts'
export { followConnection } from './follow-connection.ts'
export { NoticesBell } from './notices-bell.tsx'
export type { NoticeTarget } from './words.ts'
