import type { DelegationView, ListDelegations } from '#shared/delegations/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { readRows } from '../../kernel/db.ts'
import { presentDelegation } from './present.ts'
import { type DelegationRow, listQuery } from './view-store.ts'

/** Delegations of the org or of one workspace, newest first. */
export async function listDelegations(
  context: OrgContext,
  page: Omit<ListDelegations, 'orgId'>,
): Promise<DelegationView[]> {
  requireMay(context, 'delegations.read')
  const rows = await readRows<DelegationRow>(context.db, context.orgId, listQuery(context.orgId, page))
  return rows.map(presentDelegation)
}
