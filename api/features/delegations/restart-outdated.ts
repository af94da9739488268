import { isTerminal } from '#shared/delegations/journal.ts'
import type { Restarted, RestartOutdated } from '#shared/delegations/restart-contract.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { hint, tellCancelled, wake } from '../../kernel/wake.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { aliveTree, askToCancel } from './cancel-store.ts'
import { copyConversation } from './copy-conversation-store.ts'
import { findStanding } from './delegation-store.ts'
import { lockReady } from './queue-store.ts'
import { insertSuccessor, moveWaitingCall } from './reassign-store.ts'

type Begun = { cancelled: DelegationId[]; made: DelegationId }

/**
 * Begins work in flight afresh, so that it takes up the config of now: the same task for the same party, whose waiting call
 * now waits for the new delegation. What was begun is cancelled with all below it and stays as it was recorded. Work that
 * ended meanwhile, or belongs to another workspace, is left alone.
 */
export async function restartOutdated(context: OrgContext, input: RestartOutdated): Promise<Restarted> {
  requireMay(context, 'delegations.steer')
  const begun = await inTransaction(context, async (tx) => {
    const target = await requireWorkspace(tx, input.workspaceId)
    const all: Begun[] = []
    for (const id of input.delegationIds) {
      const one = await beginAfresh(tx, context, id, target)
      if (one) all.push(one)
    }
    return all
  })
  const cancelled = begun.flatMap((one) => one.cancelled)
  hint(context.db, { kind: 'cancel', delegationIds: cancelled })
  await tellCancelled(context.db, cancelled)
  return { delegationIds: begun.map(({ made }) => made) }
}

type Target = Awaited<ReturnType<typeof requireWorkspace>>

async function beginAfresh(tx: Tx, context: OrgContext, id: DelegationId, target: Target): Promise<Begun | undefined> {
  const tree = await aliveTree(tx, id)
  await lockReady(tx, tree)
  const found = await findStanding(tx, id)
  if (!found || found.workspaceId !== target.id || isTerminal(found.state)) return undefined
  const successor = await insertSuccessor(tx, id, target)
  await moveWaitingCall(tx, id, successor.id)
  await copyConversation(tx, id, successor.id)
  await askToCancel(tx, tree, `${context.actor.name} began it afresh with the config of now.`)
  await wake(tx, tree)
  const { workspaceId, fromWorkspaceId } = found
  const { chain, parentId, rootId, priority } = successor
  const of = { delegationId: successor.id, workspaceId, fromWorkspaceId }
  tx.tell({ type: 'delegation.cancel-asked', payload: { delegationId: id, workspaceId, fromWorkspaceId } }, chain)
  tx.tell({ type: 'delegation.queued', payload: { ...of, parentId, rootId, priority } }, chain)
  return { cancelled: tree, made: successor.id }
}
