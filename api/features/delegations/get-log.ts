import { type DelegationLog, maxLogged } from '#shared/delegations/log-contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { presentDelegation, presentStep } from './present.ts'
import { sizeOfTree, stepsOfMany, treeBelow } from './view-store.ts'

/** All that was recorded of a delegation and of what it handed on, of one moment. What is too much is cut, and says so. */
export async function getLog(context: OrgContext, id: DelegationId): Promise<DelegationLog> {
  requireMay(context, 'delegations.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const [tree, total] = await Promise.all([treeBelow(reader, id, maxLogged), sizeOfTree(reader, id)])
    if (tree.length === 0) throw new AppError('not-found', 'There is no such delegation.')
    const steps = Map.groupBy(
      await stepsOfMany(
        reader,
        tree.map((row) => row.id),
      ),
      ({ delegationId }) => delegationId,
    )
    const entries = tree.map((row) => ({
      delegation: presentDelegation(row),
      steps: (steps.get(row.id) ?? []).map(({ delegationId: _, ...step }) => presentStep(step)),
    }))
    return { entries, total }
  })
}
