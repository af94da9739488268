import { isTerminal } from '#shared/delegations/journal.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { hint, tellCancelled, wake } from '../../kernel/wake.ts'
import { aliveTree, askToCancel } from './cancel-store.ts'
import { findStanding } from './delegation-store.ts'
import { lockReady } from './queue-store.ts'

/** Ends a delegation and everything below it: durably at once, and the model calls in flight are aborted. */
export async function cancelDelegation(context: OrgContext, id: DelegationId): Promise<void> {
  requireMay(context, 'delegations.cancel')
  const cancelled = await inTransaction(context, async (tx) => {
    const tree = await aliveTree(tx, id)
    await lockReady(tx, tree)
    // Looked at once nobody else can end it: a yes to work that ended in this moment would be no cancel.
    const found = await findStanding(tx, id)
    if (!found) throw new AppError('not-found', 'There is no such delegation.')
    if (isTerminal(found.state)) throw new AppError('conflict', `This delegation has already ended: ${found.state}.`)
    await askToCancel(tx, tree, `${context.actor.name} cancelled it.`)
    await wake(tx, tree)
    const { workspaceId, fromWorkspaceId } = found
    tx.tell({ type: 'delegation.cancel-asked', payload: { delegationId: id, workspaceId, fromWorkspaceId } })
    return tree
  })
  hint(context.db, { kind: 'cancel', delegationIds: cancelled })
  await tellCancelled(context.db, cancelled)
}
