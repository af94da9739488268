import { type Conversation, Message } from '#shared/delegations/journal.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import type { Tx } from '../../kernel/db.ts'
import { userBehind } from '../../kernel/machines/user-behind.ts'
import { wake } from '../../kernel/wake.ts'
import { findAbove, findStanding, insertNote } from './delegation-store.ts'
import { lockReady } from './queue-store.ts'

type Words = Pick<Message, 'text' | 'files' | 'key'>

/** A person's words into work, in a transaction of the caller; false where it is over, or about to be. */
export async function sayIn(tx: Tx, { actor }: OrgContext, id: DelegationId, words: Words): Promise<boolean> {
  await lockReady(tx, [id])
  const [found, standing] = await Promise.all([findStanding(tx, id), findAbove(tx, id)])
  if (!found || !standing || standing.isOver) return false
  const byUser = await userBehind(tx, actor)
  const said = Message.parse({ ...words, by: actor.name, ...(byUser && { byUser }) })
  const step = await insertNote(tx, id, 'message', said)
  const { workspaceId } = found
  const of = { delegationId: id, workspaceId, step, kind: 'note', state: 'done', name: 'message', cost: 0 } as const
  tx.tell({ type: 'step.changed', payload: of })
  await wake(tx, [id])
  return true
}

/** What a conversation brings into work that was given a moment ago, in the same transaction: its first recorded step. */
export async function giveConversation(tx: Tx, id: DelegationId, conversation: Conversation): Promise<void> {
  await insertNote(tx, id, 'conversation', conversation)
}
