import type { ConversationView, ReadConversation, TurnView } from '#shared/chat/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { ConversationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot, type Reader } from '../../kernel/db.ts'
import { readSpoken, type Spoken } from '../delegations/index.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { personOf } from './person.ts'
import { type ConversationRow, listConversations, listTurns } from './store.ts'

type Input = Omit<ReadConversation, 'orgId'>
const turnsShown = 20

/** A person's conversation with a workspace, the latest where none is named: its latest turns, and what others there are. */
export async function readConversation(context: OrgContext, input: Input): Promise<ConversationView> {
  requireMay(context, 'chat.read')
  const { workspaceId, before } = input
  const userId = personOf(context)
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    await requireWorkspace(reader, workspaceId)
    const conversations = await listConversations(reader, { userId, workspaceId })
    const conversationId = chosen(conversations, input.conversationId)
    const shown = conversations.map(({ startedAt, ...rest }) => ({ ...rest, startedAt: startedAt.toISOString() }))
    if (conversationId === null) return { conversationId, turns: [], hasEarlier: false, conversations: shown }
    const turns = await readTurns(reader, conversationId, before)
    return { conversationId, turns, hasEarlier: (turns[0]?.turn ?? 1) > 1, conversations: shown }
  })
}

function chosen(all: readonly ConversationRow[], wanted: ConversationId | undefined): ConversationId | null {
  if (wanted === undefined) return all[0]?.id ?? null
  const found = all.find(({ id }) => id === wanted)
  if (found) return found.id
  throw new AppError('not-found', 'There is no such conversation.')
}

async function readTurns(reader: Reader, id: ConversationId, before: number | undefined): Promise<TurnView[]> {
  const turns = await listTurns(reader, id, { before, limit: turnsShown })
  const spoken = await readSpoken(
    reader,
    turns.map(({ delegationId }) => delegationId),
  )
  return turns.flatMap(({ turn, delegationId }) =>
    spoken.filter(({ delegation }) => delegation.id === delegationId).map((one) => present(turn, one)),
  )
}

function present(turn: number, { delegation, hold, conversation, said, open }: Spoken): TurnView {
  const { turns, leftOut, files } = conversation
  return {
    ...{ turn, delegation, hold, open },
    files: files.map(withoutText),
    earlier: { given: turns.length, leftOut },
    said: said.map((words) => ({ ...words, files: words.files.map(withoutText) })),
  }
}

function withoutText({ id, name, mediaType, bytes, missing }: Spoken['conversation']['files'][number]) {
  return { id, name, mediaType, bytes, missing }
}
