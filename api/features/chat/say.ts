import type { Said, Say } from '#shared/chat/contract.ts'
import { earlierTurns } from '#shared/chat/earlier-turns.ts'
import { maxEarlierTurns, maxFilesChars } from '#shared/chat/limits.ts'
import type { GivenFile } from '#shared/delegations/journal.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { ConversationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Reader, type Tx } from '../../kernel/db.ts'
import { hint } from '../../kernel/wake.ts'
import { delegateIn, giveConversation, readSpoken, type Spoken, sayIn } from '../delegations/index.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { lockUnsent, markSent, type Unsent } from './attachments-store.ts'
import { personOf } from './person.ts'
import { readAsText } from './read-as-text.ts'
import { findSaid, insertTurn, listTurns, lockConversation, turnKey } from './store.ts'

type Input = Omit<Say, 'orgId'>

/** A person's words to a workspace: into the turn that goes on, else as a turn of its own that knows those before it. */
export async function say(context: OrgContext, input: Input): Promise<Said> {
  requireMay(context, 'chat.write')
  const said = await inTransaction(context, async (tx) => {
    await requireConversation(tx, context, input)
    const heard = await findSaid(tx, input.conversationId, input.key)
    if (heard) return { delegationId: heard, isNew: false }
    const unsent = await takeFiles(tx, context, input)
    const files = filesOf(unsent)
    const [last] = await listTurns(tx, input.conversationId, { before: undefined, limit: 1 })
    const isHeard = last && (await sayIn(tx, context, last.delegationId, { text: input.text, files, key: input.key }))
    const said = isHeard
      ? { delegationId: last.delegationId, isNew: false }
      : await beginTurn(tx, context, input, files)
    await markSent(tx, input.attachmentIds, said.delegationId)
    return said
  })
  hint(context.db, { kind: 'work' })
  return said
}

async function requireConversation(tx: Tx, context: OrgContext, { conversationId, workspaceId }: Input): Promise<void> {
  const userId = personOf(context)
  await requireWorkspace(tx, workspaceId)
  if (await lockConversation(tx, conversationId, { userId, workspaceId })) return
  throw new AppError('not-found', 'There is no such conversation.', { fix: 'Begin a new one.' })
}

async function takeFiles(tx: Tx, context: OrgContext, { attachmentIds, workspaceId }: Input): Promise<Unsent[]> {
  const userId = personOf(context)
  const found = await lockUnsent(tx, attachmentIds, { userId, workspaceId })
  const inOrder = attachmentIds.flatMap((id) => found.filter((one) => one.id === id))
  if (inOrder.length === attachmentIds.length) return inOrder
  throw new AppError('not-found', 'A file is not there any more.', {
    field: 'attachmentIds',
    fix: 'Remove it and attach it again.',
  })
}

function filesOf(unsent: readonly Unsent[]): GivenFile[] {
  let room = maxFilesChars
  return unsent.map(({ id, name, mediaType, sha256, content }) => {
    const { text, missing } = readAsText(content, room)
    room -= text?.length ?? 0
    return { id, name, mediaType, sha256, bytes: content.length, text, missing }
  })
}

async function beginTurn(
  tx: Tx,
  context: OrgContext,
  { conversationId, workspaceId, text, key }: Input,
  files: GivenFile[],
): Promise<Said> {
  const before = await readEarlier(tx, conversationId)
  const made = await delegateIn(tx, context, { workspaceId, task: text, idempotencyKey: turnKey(key) })
  if (made.idempotentHit) return { delegationId: made.delegationId, isNew: false }
  await giveConversation(tx, made.delegationId, { ...before, files })
  await insertTurn(tx, conversationId, made.delegationId)
  return { delegationId: made.delegationId, isNew: true }
}

/** What was said in the turns so far, as much of it as a model is given. */
async function readEarlier(reader: Reader, id: ConversationId) {
  const turns = await listTurns(reader, id, { before: undefined, limit: maxEarlierTurns + 1 })
  const spoken = await readSpoken(
    reader,
    turns.map(({ delegationId }) => delegationId),
  )
  const inOrder = turns.flatMap(({ delegationId }) => spoken.filter(({ delegation }) => delegation.id === delegationId))
  const { turns: given } = earlierTurns(inOrder.map(wordsOf))
  return { turns: given, leftOut: (turns.at(-1)?.turn ?? 0) - given.length }
}

function wordsOf({ delegation, conversation, said }: Spoken) {
  const own = said.filter(({ from }) => from === 'person')
  const asked = [delegation.task, ...own.map(({ text }) => text)]
  const files = [...conversation.files, ...own.flatMap((words) => words.files)]
  const texts = files.map(({ name, text }) => (text === null ? `File ${name}` : `File ${name}:\n${text}`))
  return { asked: [...asked, ...texts].join('\n\n'), answered: delegation.answer ?? unanswered(delegation) }
}

function unanswered({ state, reason }: Spoken['delegation']): string {
  return `(No answer: the work ${state === 'cancelled' ? 'was stopped' : state}.${reason === null ? '' : ` ${reason}`})`
}
