import type { DelegationId, OrgId, RunId, WorkspaceId } from '#shared/kernel/ids.ts'

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** Ids out of the address bar; whether such a thing exists, and for this person, is the server's to say. */
export function isOrgId(value: string): value is OrgId {
  return uuid.test(value)
}

export function isWorkspaceId(value: string): value is WorkspaceId {
  return uuid.test(value)
}

export function isDelegationId(value: string): value is DelegationId {
  return uuid.test(value)
}

export function isRunId(value: string): value is RunId {
  return uuid.test(value)
}
