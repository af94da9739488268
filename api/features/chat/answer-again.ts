import type { Said } from '#shared/chat/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { hint } from '../../kernel/wake.ts'
import { copyConversation, delegateIn, findStanding } from '../delegations/index.ts'
import { personOf } from './person.ts'
import { findSaid, findTurn, insertTurn, lockConversation, turnKey } from './store.ts'

/** Asks the same again, with what it was given then, as the conversation's next turn; the first answer stays. */
export async function answerAgain(context: OrgContext, id: DelegationId, key?: string): Promise<Said> {
  requireMay(context, 'chat.write')
  const said = await inTransaction(context, async (tx) => {
    const userId = personOf(context)
    const [turn, found] = await Promise.all([findTurn(tx, id, userId), findStanding(tx, id)])
    if (!turn || !found) throw new AppError('not-found', 'There is no such turn in your conversations.')
    await lockConversation(tx, turn.conversationId, { userId, workspaceId: turn.workspaceId })
    const asked = key === undefined ? undefined : await findSaid(tx, turn.conversationId, key)
    if (asked) return { delegationId: asked, isNew: false }
    if (!['completed', 'failed', 'cancelled'].includes(found.state)) {
      throw new AppError('conflict', 'This turn goes on still.', { fix: 'Stop it first, or wait for its answer.' })
    }
    const { workspaceId } = turn
    const made = await delegateIn(tx, context, {
      ...{ workspaceId, task: found.task },
      ...(key !== undefined && { idempotencyKey: turnKey(key) }),
    })
    if (made.idempotentHit) return { delegationId: made.delegationId, isNew: false }
    await copyConversation(tx, id, made.delegationId)
    await insertTurn(tx, turn.conversationId, made.delegationId)
    return { delegationId: made.delegationId, isNew: true }
  })
  hint(context.db, { kind: 'work' })
  return said
}
