import type { Things } from './things.ts'

export const inOrg = ({ orgId }: Things) => ({ orgId })
export const inWorkspace = ({ orgId, workspaceId }: Things) => ({ orgId, workspaceId })
export const ofDelegation = ({ orgId, delegationId }: Things) => ({ orgId, delegationId })
export const ofSchedule = ({ orgId, scheduleId }: Things) => ({ orgId, scheduleId })
export const ofFile = (things: Things) => ({ ...inWorkspace(things), path: 'system-prompt.md' })
