import { AppError } from '#shared/kernel/app-error.ts'
import type { MemoryId } from '#shared/kernel/ids.ts'
import { agentOf, type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { lockMemory, markForgotten, unmarkForgotten } from './store.ts'

/** No agent recalls it any more. It can be taken back for a day. */
export async function forget(context: OrgContext, memoryId: MemoryId): Promise<void> {
  requireMay(context, 'memory.write')
  await inTransaction(context, (tx) => forgetIn(tx, context, memoryId))
}

/** The same within a transaction, for an agent too: it forgets what its own workspace wrote. */
export async function forgetIn(tx: Tx, context: OrgContext, memoryId: MemoryId): Promise<void> {
  const { actor } = context
  const found = await lockMemory(tx, memoryId)
  const agent = agentOf(actor)
  const isOthers = agent && found?.workspaceId !== agent.workspaceId
  if (!found || isOthers) {
    const whose = agent ? 'Your workspace wrote no such memory.' : 'There is no such memory.'
    throw new AppError('not-found', whose)
  }
  await markForgotten(tx, memoryId)
  tx.tell({ type: 'memory.forgotten', payload: { memoryId, workspaceId: found.workspaceId } }, context.chain)
}

/** Takes back that it was forgotten. */
export async function unforget(context: OrgContext, memoryId: MemoryId): Promise<void> {
  requireMay(context, 'memory.write')
  await inTransaction(context, async (tx) => {
    const back = await unmarkForgotten(tx, memoryId)
    if (!back) throw new AppError('not-found', 'This memory is erased by now, or was never forgotten.')
    tx.tell({ type: 'memory.remembered', payload: { memoryId, ...back } }, context.chain)
  })
}
