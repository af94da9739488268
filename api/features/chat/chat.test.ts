import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AttachmentId, ConversationId, type WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { setRehearsal, untilState, untilSteps } from '../../testing/engine.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { startWorker, type Worker } from '../../worker.ts'
import { replayDelegation } from '../delegations/index.ts'
import { answerAgain } from './answer-again.ts'
import { attach, dropAttachment } from './attach.ts'
import { listComms } from './list-comms.ts'
import { openAttachment } from './open-attachment.ts'
import { readConversation } from './read-conversation.ts'
import { say } from './say.ts'

let testDb: TestDb
let worker: Worker
const errors: unknown[] = []
beforeAll(async () => {
  testDb = await openTestDb()
  worker = startWorker({ db: testDb.db, onError: (error) => errors.push(error) })
})
afterAll(async () => {
  await worker.stop()
  await testDb.close()
  expect(errors).toEqual([])
})

const newId = () => ConversationId.parse(randomUUID())
const base64 = (content: string | Uint8Array) => Buffer.from(content).toString('base64')

async function solo(): Promise<{ org: OrgContext; workspaceId: WorkspaceId }> {
  const org = await makeOrg(testDb.db)
  const { Solo } = await makeWorkspaces(org, { Solo: {} })
  if (!Solo) throw new Error('the workspace was not made')
  return { org, workspaceId: Solo }
}

function talk(org: OrgContext, workspaceId: WorkspaceId, conversationId: ConversationId) {
  return (text: string, attachmentIds: AttachmentId[] = []) =>
    say(org, { workspaceId, conversationId, text, attachmentIds, key: randomUUID() })
}

describe('a conversation', () => {
  test('is work: its second turn knows the first, and both replay to the same bytes', async () => {
    const { org, workspaceId } = await solo()
    const conversationId = newId()
    const tell = talk(org, workspaceId, conversationId)
    const first = await tell('When is the tide out? [rehearse: answer At noon.]')
    expect(first.isNew).toBe(true)
    await untilState(org, first.delegationId)
    const second = await tell('And when is it in?')
    expect(second.isNew).toBe(true)
    await untilState(org, second.delegationId)
    const { turns, conversations, hasEarlier } = await readConversation(org, { workspaceId })
    expect(turns.map(({ turn, earlier, delegation }) => [turn, earlier, delegation.state])).toEqual([
      [1, { given: 0, leftOut: 0 }, 'completed'],
      [2, { given: 1, leftOut: 0 }, 'completed'],
    ])
    expect(conversations).toMatchObject([{ id: conversationId, turns: 2 }])
    expect(hasEarlier).toBe(false)
    for (const { delegationId } of [first, second]) {
      expect(await replayDelegation(org, delegationId)).toMatchObject({ equal: true })
    }
  })

  test('goes into the turn that runs, and begins another once that was stopped', async () => {
    const { org, workspaceId } = await solo()
    const tell = talk(org, workspaceId, newId())
    const first = await tell('Look around. [rehearse: slow 600] [rehearse: loop]')
    await untilSteps(org, first.delegationId, 1)
    const into = await tell('Look behind the shed too.')
    expect(into).toEqual({ delegationId: first.delegationId, isNew: false })
    const shown = await readConversation(org, { workspaceId })
    expect(shown.turns).toHaveLength(1)
    expect(shown.turns[0]?.said).toMatchObject([
      { from: 'person', by: 'Olga Owner', text: 'Look behind the shed too.' },
    ])
    await inTransaction(org, (tx) =>
      tx.rows(sql`
        update delegations set cancel_asked_at = now(), cancel_reason = 'Stopped.'
         where org_id = ${tx.orgId} and id = ${first.delegationId}`),
    )
    expect((await tell('Something else.')).isNew).toBe(true)
  })

  test('said twice with one key it is one turn', async () => {
    const { org, workspaceId } = await solo()
    await setRehearsal(org, true)
    const words = { workspaceId, conversationId: newId(), text: 'Once.', attachmentIds: [] }
    const key = randomUUID()
    const first = await say(org, { ...words, key })
    await untilState(org, first.delegationId)
    expect(await say(org, { ...words, key })).toEqual({ delegationId: first.delegationId, isNew: false })
    expect((await readConversation(org, { workspaceId })).turns).toHaveLength(1)
  })

  test('said twice with one key into the turn that runs it is heard once, with its files, also when that turn has ended', async () => {
    const { org, workspaceId } = await solo()
    const conversationId = newId()
    const first = await talk(org, workspaceId, conversationId)('Look around. [rehearse: slow 600]')
    const file = await attach(org, { workspaceId, name: 'a.md', mediaType: 'text/markdown', content: base64('Shed') })
    const words = { workspaceId, conversationId, text: 'There too.', attachmentIds: [file.id], key: randomUUID() }
    const heard = { delegationId: first.delegationId, isNew: false }
    expect(await say(org, words)).toEqual(heard)
    expect(await say(org, words)).toEqual(heard)
    await untilState(org, first.delegationId)
    expect(await say(org, words)).toEqual(heard)
    const { turns } = await readConversation(org, { workspaceId })
    expect(turns.map(({ said }) => said.filter(({ from }) => from === 'person').length)).toEqual([1])
  })

  test('said again with one key it is one turn also where that failed, and asked again with one key one more', async () => {
    const { org, workspaceId } = await solo()
    const conversationId = newId()
    const file = await attach(org, { workspaceId, name: 'a.md', mediaType: 'text/markdown', content: base64('Shut') })
    const text = 'Try it. [rehearse: fail The library is closed]'
    const words = { workspaceId, conversationId, text, attachmentIds: [file.id], key: randomUUID() }
    const { delegationId } = await say(org, words)
    await untilState(org, delegationId)
    expect(await say(org, words)).toEqual({ delegationId, isNew: false })
    const key = randomUUID()
    const again = await answerAgain(org, delegationId, key)
    await untilState(org, again.delegationId)
    expect(await answerAgain(org, delegationId, key)).toEqual({ delegationId: again.delegationId, isNew: false })
    expect((await readConversation(org, { workspaceId })).turns).toHaveLength(2)
  })

  test('is asked again with what it was given then, as its next turn', async () => {
    const { org, workspaceId } = await solo()
    const tell = talk(org, workspaceId, newId())
    await untilState(org, (await tell('Good morning.')).delegationId)
    const failed = await tell('Try it. [rehearse: fail The library is closed]')
    await untilState(org, failed.delegationId)
    const again = await answerAgain(org, failed.delegationId)
    await untilState(org, again.delegationId)
    const { turns } = await readConversation(org, { workspaceId })
    expect(turns.map(({ turn, delegation, earlier }) => [turn, delegation.state, earlier.given])).toEqual([
      [1, 'completed', 0],
      [2, 'failed', 1],
      [3, 'failed', 1],
    ])
  })

  test('is its person’s own, and begun anew it knows nothing of the one before', async () => {
    const { org, workspaceId } = await solo()
    const conversationId = newId()
    await untilState(org, (await talk(org, workspaceId, conversationId)('Mine.')).delegationId)
    const other = await makeMember(org, 'member', 'Mila Member')
    expect((await readConversation(other, { workspaceId })).conversations).toEqual([])
    await expect(readConversation(other, { workspaceId, conversationId })).rejects.toMatchObject({ code: 'not-found' })
    await expect(talk(other, workspaceId, conversationId)('Yours?')).rejects.toMatchObject({ code: 'not-found' })
    const fresh = newId()
    await untilState(org, (await talk(org, workspaceId, fresh)('Anew.')).delegationId)
    const { conversationId: shown, turns, conversations } = await readConversation(org, { workspaceId })
    expect([shown, turns[0]?.earlier.given, conversations.length]).toEqual([fresh, 0, 2])
  })
})

describe('a file given with words', () => {
  test('is read by the model where it is text, and by its name where it is not', async () => {
    const { org, workspaceId } = await solo()
    const note = await attach(org, {
      workspaceId,
      name: 'tides.md',
      mediaType: 'text/markdown',
      content: base64('Ebb at noon'),
    })
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0])
    const no = new Uint8Array([0, 1])
    const noPicture = await attach(org, { workspaceId, name: 'no.gif', mediaType: 'image/gif', content: base64(no) })
    expect(noPicture).toMatchObject({
      mediaType: 'application/octet-stream',
      missing: expect.stringContaining('no text'),
    })
    const picture = await attach(org, { workspaceId, name: 'map.png', mediaType: 'image/png', content: base64(png) })
    expect([note.missing, picture.missing]).toEqual([
      null,
      'Models that see pictures are given it; others its name only.',
    ])
    const said = await talk(org, workspaceId, newId())('What do they say?', [picture.id, note.id])
    const { answer } = await untilState(org, said.delegationId)
    expect(answer).toContain('File tides.md (text/markdown, 11 bytes):\nEbb at noon')
    expect(answer).toContain('Picture map.png (image/png, 9 bytes). You are given its name only')
    const [turn] = (await readConversation(org, { workspaceId })).turns
    expect(turn?.files.map(({ name }) => name)).toEqual(['map.png', 'tides.md'])
    expect(await openAttachment(org, note.id)).toMatchObject({ name: 'tides.md', type: 'text/plain; charset=utf-8' })
    expect(await openAttachment(org, picture.id)).toMatchObject({ type: 'image/png' })
    await expect(dropAttachment(org, note.id)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('is its uploader’s alone until it is sent, and goes with one message only', async () => {
    const { org, workspaceId } = await solo()
    const file = await attach(org, { workspaceId, name: 'a.html', mediaType: 'text/html', content: base64('<script>') })
    const other = await makeMember(org, 'member', 'Mila Member')
    await expect(openAttachment(other, file.id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(talk(other, workspaceId, newId())('Take it.', [file.id])).rejects.toMatchObject({ code: 'not-found' })
    await talk(org, workspaceId, newId())('Here.', [file.id])
    expect((await openAttachment(other, file.id)).type).toBe('text/plain; charset=utf-8')
    await expect(talk(org, workspaceId, newId())('Again.', [file.id])).rejects.toMatchObject({
      field: 'attachmentIds',
    })
  })

  test('is refused where it is empty or too large, and can be taken back', async () => {
    const { org, workspaceId } = await solo()
    const given = { workspaceId, name: 'big.bin', mediaType: 'application/octet-stream' }
    await expect(attach(org, { ...given, content: '' })).rejects.toMatchObject({ field: 'content' })
    const large = base64(new Uint8Array(4 * 1024 * 1024 + 1))
    await expect(attach(org, { ...given, content: large })).rejects.toMatchObject({ code: 'too-large' })
    const { id } = await attach(org, { ...given, content: base64('x') })
    await dropAttachment(org, id)
    await expect(openAttachment(org, id)).rejects.toMatchObject({ code: 'not-found' })
  })
})

test('what goes between agents is shown from either side', async () => {
  const org = await makeOrg(testDb.db)
  const { Lead, Writer } = await makeWorkspaces(org, { Lead: { Writer: {} } })
  if (!Lead || !Writer) throw new Error('the team was not made')
  await untilState(org, (await talk(org, Lead, newId())('Write about tides')).delegationId)
  const page = { before: undefined, limit: 30 }
  expect(await listComms(org, { workspaceId: Lead, ...page })).toMatchObject([
    { direction: 'sent', withName: 'Writer', delegation: { state: 'completed' } },
  ])
  expect(await listComms(org, { workspaceId: Writer, ...page })).toMatchObject([
    { direction: 'received', withName: 'Lead', withId: Lead },
  ])
})
