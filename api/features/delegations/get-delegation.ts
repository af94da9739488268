import type { DelegationDetail } from '#shared/delegations/contract.ts'
import { isTerminal } from '#shared/delegations/journal.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { presentDelegation, presentStep } from './present.ts'
import { presentHold } from './present-note.ts'
import { childrenOf, findDelegation, stepsOf } from './view-store.ts'

/** A delegation with its trace and those it gave, all of one moment. */
export async function getDelegation(context: OrgContext, id: DelegationId): Promise<DelegationDetail> {
  requireMay(context, 'delegations.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const [found, steps, children] = await Promise.all([
      findDelegation(reader, id),
      stepsOf(reader, id),
      childrenOf(reader, id),
    ])
    if (!found) throw new AppError('not-found', 'There is no such delegation.')
    return {
      delegation: presentDelegation(found),
      hold: isTerminal(found.state) ? null : presentHold(steps),
      steps: steps.map(presentStep),
      children: children.map(presentDelegation),
    }
  })
}
