import type { CreatedDelegation } from '#shared/delegations/contract.ts'
import { isTerminal } from '#shared/delegations/journal.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { hint, tellCancelled, wake } from '../../kernel/wake.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { aliveTree, askToCancel } from './cancel-store.ts'
import { copyConversation } from './copy-conversation-store.ts'
import { findStanding } from './delegation-store.ts'
import { lockReady } from './queue-store.ts'
import { insertSuccessor, moveWaitingCall } from './reassign-store.ts'

/**
 * Gives work that has not ended to another workspace: the same task, asked by the same party, whose waiting call now waits
 * for the new delegation. What was begun here is cancelled and stays as it was recorded.
 */
export async function reassignDelegation(
  context: OrgContext,
  id: DelegationId,
  toWorkspaceId: WorkspaceId,
): Promise<CreatedDelegation> {
  requireMay(context, 'delegations.reassign')
  const { created, cancelled } = await inTransaction(context, async (tx) => {
    const [found, target] = await Promise.all([findStanding(tx, id), requireWorkspace(tx, toWorkspaceId)])
    if (!found) throw new AppError('not-found', 'There is no such delegation.')
    if (found.workspaceId === target.id) throw new AppError('bad-input', `${target.name} has this work already.`)
    const tree = await aliveTree(tx, id)
    await lockReady(tx, tree)
    const standing = await findStanding(tx, id)
    if (!standing || isTerminal(standing.state)) throw over(standing?.state ?? 'gone')
    const successor = await insertSuccessor(tx, id, target)
    await moveWaitingCall(tx, id, successor.id)
    await copyConversation(tx, id, successor.id)
    const reason = `${context.actor.name} gave this work to ${target.name}.`
    await askToCancel(tx, tree, reason)
    await wake(tx, tree)
    const { workspaceId, fromWorkspaceId } = found
    const { chain, parentId, rootId, priority } = successor
    const of = { delegationId: successor.id, workspaceId: target.id, fromWorkspaceId }
    tx.tell({ type: 'delegation.queued', payload: { ...of, parentId, rootId, priority } }, chain)
    const moved = { toWorkspaceId: target.id, toDelegationId: successor.id }
    tx.tell(
      { type: 'delegation.reassigned', payload: { delegationId: id, workspaceId, fromWorkspaceId, ...moved } },
      chain,
    )
    return {
      created: { delegationId: successor.id, state: 'queued' as const, idempotentHit: false },
      cancelled: tree,
    }
  })
  hint(context.db, { kind: 'cancel', delegationIds: cancelled })
  await tellCancelled(context.db, cancelled)
  return created
}

function over(state: string): AppError {
  return new AppError('conflict', `This delegation has already ended: ${state}.`, {
    fix: 'Give the other workspace a new delegation.',
  })
}
