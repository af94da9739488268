import type { LoopHoldView } from '#shared/delegations/loop-contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { listHolds } from './loop-store.ts'

/** What the loop breaker holds in this org and a person must answer, longest first. */
export async function loopHolds(context: OrgContext): Promise<LoopHoldView[]> {
  requireMay(context, 'delegations.read')
  const { db, orgId } = context
  const holds = await inSnapshot(db, orgId, listHolds)
  return holds.map(({ delegationId, workspaceId, workspaceName, rule, sentence, since }) => {
    return { delegationId, workspaceId, workspaceName, rule, sentence, since: since.toISOString() }
  })
}
