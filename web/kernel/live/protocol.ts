/** From a page to the shared worker. The lock is held by the page for as long as it lives. */
export type JoinRequest = { kind: 'join'; orgId: string; after: number; lock: string } | { kind: 'leave' }
