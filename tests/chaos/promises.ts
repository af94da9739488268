import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'

/** What the product said yes to. Whatever dies afterwards, it must hold. */
export type Promises = {
  orgIds: OrgId[]
  /** Work that was taken, by its idempotency key. */
  given: Map<string, DelegationId>
  cancelled: Set<DelegationId>
  /** Words into running work, each unlike all others. */
  messages: { delegationId: DelegationId; text: string }[]
}

export function noPromises(orgIds: OrgId[]): Promises {
  return { orgIds, given: new Map(), cancelled: new Set(), messages: [] }
}
