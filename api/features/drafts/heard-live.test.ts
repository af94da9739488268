import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import express from 'express'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { seedDoc, textOf } from '#shared/drafts/text-doc.ts'
import { KeyId, type WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { type LiveDb, openLiveDb } from '../../kernel/events/live-db.ts'
import { createEventStream, type EventStream, type Listener } from '../../kernel/events/stream.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openStreamClient, type StreamClient } from '../../testing/stream-client.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { writeFile } from '../files/index.ts'
import { pushDraft } from './push-draft.ts'
import { readDraft } from './read-draft.ts'
import { sayGone, sayHere } from './say-here.ts'

let testDb: TestDb
/** One node takes what is typed, the other has the listeners. */
let writing: LiveDb
let looking: LiveDb
let stream: EventStream
let server: Server
let origin = ''
const listeners = new Map<string, Listener>()
const clients: StreamClient[] = []

beforeAll(async () => {
  testDb = await openTestDb()
  writing = openLiveDb(testDb.appUrl, () => {})
  looking = openLiveDb(testDb.appUrl, () => {})
  stream = createEventStream({
    ...looking,
    whoAsks: async (req) => listeners.get(req.get('x-who') ?? '') ?? { user: null, sessionId: null },
    onError: () => {},
  })
  server = createServer(express().get('/events/:orgId', stream.handler))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`
})
afterAll(async () => {
  for (const client of clients) client.kill()
  stream.closeAll()
  server.closeAllConnections()
  server.close()
  await Promise.all([writing.stop(), looking.stop()])
  await testDb.close()
})

test('what is typed at one node is heard at another, short ones whole and long ones as a hint', async () => {
  const { ada, workspaceId } = await orgWithFile()
  const client = listen(ada, null)
  await client.opened
  const doc = seedDoc('one\n')
  const push = async (words: string) => {
    textOf(doc).insert(0, words)
    const update = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64')
    await pushDraft(ada, { ...at(ada, workspaceId), root: 1, update })
    return update
  }
  const short = await push('Short. ')
  await push('Long. '.repeat(2_000))
  await until(() => client.asides.filter(({ kind }) => kind === 'draft').length === 2)
  expect(client.asides.filter(({ kind }) => kind === 'draft')).toMatchObject([
    { seq: 1, root: 1, base: 1, update: short },
    { seq: 2, root: 1, base: 1, update: null },
  ])
  expect((await readDraft(ada, at(ada, workspaceId))).seq).toBe(2)
})

test('who is here is heard by who comes later, and gone at once when they go', async () => {
  const { ada, workspaceId } = await orgWithFile()
  const early = listen(ada, null)
  await early.opened
  const page = randomUUID()
  const said = { orgId: ada.orgId, page, workspaceId, file: { path: 'notes.md', cursor: null } }
  expect(await sayHere(ada, said)).toEqual({ seq: 0 })
  await until(() => early.asides.some(({ kind }) => kind === 'here'))

  const late = listen(ada, null)
  await until(() => late.asides.length > 0)
  const [first] = late.asides
  expect(first).toMatchObject({ kind: 'present', all: [{ name: 'Ada', workspaceId, file: { path: 'notes.md' } }] })
  // The name is the session's, and the page is hers alone: another cannot send her away.
  const bob = await makeMember(ada, 'viewer', 'Bob')
  sayGone(bob, { orgId: ada.orgId, page })
  sayGone(ada, { orgId: ada.orgId, page })
  await until(() => late.asides.filter(({ kind }) => kind === 'gone').length === 2)
  const [theirs, hers] = late.asides.filter((aside) => aside.kind === 'gone')
  expect(theirs?.id).not.toBe(hers?.id)
  expect(first?.kind === 'present' && first.all[0]?.id).toBe(hers?.id)
})

test('another org, and a key that may not read files, hear nothing of it', async () => {
  const { ada, workspaceId } = await orgWithFile()
  const other = await orgWithFile()
  const there = listen(other.ada, null)
  const limited = listen(ada, ['orgs.read'])
  const here = listen(ada, null)
  await Promise.all([there, limited, here].map(({ opened }) => opened))
  const update = Buffer.from(Y.encodeStateAsUpdate(seedDoc('one\n'))).toString('base64')
  await pushDraft(ada, { ...at(ada, workspaceId), root: 1, update })
  await until(() => here.asides.some(({ kind }) => kind === 'draft'))
  expect(there.asides).toEqual([{ kind: 'present', all: [] }])
  expect(limited.asides).toEqual([])

  const elsewhere = { orgId: other.ada.orgId, page: randomUUID(), workspaceId, file: null }
  await expect(sayHere(other.ada, elsewhere)).rejects.toMatchObject({ code: 'not-found' })
})

async function orgWithFile(): Promise<{ ada: OrgContext; workspaceId: WorkspaceId }> {
  const owner = await makeOrg(writing.db)
  const ada = await makeMember(owner, 'member', 'Ada')
  const { Lead } = await makeWorkspaces(ada, { Lead: {} })
  if (!Lead) throw new Error('no workspace was made')
  const file = { workspaceId: Lead, path: 'notes.md', text: 'one\n', by: ada.actor }
  await inTransaction(ada, (tx) => writeFile(tx, file))
  return { ada, workspaceId: Lead }
}

function at({ orgId }: OrgContext, workspaceId: WorkspaceId) {
  return { orgId, workspaceId, path: 'notes.md' }
}

/** With a key that may all a viewer may, or these things only. */
function listen({ orgId }: OrgContext, permissions: string[] | null): StreamClient {
  const who = randomUUID()
  const machine = { keyId: KeyId.parse(uuidv7()), orgId, name: who, role: 'viewer' as const, permissions, person: null }
  listeners.set(who, { user: null, machine, sessionId: null })
  const client = openStreamClient(`${origin}/events/${orgId}`, { 'x-who': who })
  clients.push(client)
  return client
}

async function until(isTrue: () => boolean): Promise<void> {
  await vi.waitFor(() => expect(isTrue()).toBe(true), { timeout: 10_000, interval: 10 })
}
