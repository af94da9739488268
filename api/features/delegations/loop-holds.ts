import type { LoopHoldView } from '#shared/delegations/loop-contract.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { listHolds } from './loop-store.ts'

/** What the loop breaker holds in this org and a person must answer, longest first. */
export async function loopHolds({ db, orgId }: OrgContext): Promise<LoopHoldView[]> {
  const holds = await inSnapshot(db, orgId, listHolds)
  return holds.map(({ delegationId, workspaceId, workspaceName, rule, sentence, since }) => {
    return { delegationId, workspaceId, workspaceName, rule, sentence, since: since.toISOString() }
  })
}
