import { createServer, type Server, type ServerResponse } from 'node:http'
import express from 'express'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { hearWords, type Spoken, type WordsFrame } from '#shared/delegations/words.ts'
import { KeyId, type WorkspaceId } from '#shared/kernel/ids.ts'
import { delegate } from './features/delegations/delegate.ts'
import { maskKnownValues } from './features/secrets/index.ts'
import type { OrgContext } from './kernel/actor.ts'
import { type LiveDb, openLiveDb } from './kernel/events/live-db.ts'
import { createEventStream, type EventStream, type Listener } from './kernel/events/stream.ts'
import { uuidv7 } from './kernel/uuid.ts'
import { setKeyProvider } from './kernel/vault/of-db.ts'
import { setRehearsal, untilState } from './testing/engine.ts'
import { makeOrg, makeWorkspaces } from './testing/factories.ts'
import { giveOpenAiKey } from './testing/provider-keys.ts'
import { openStreamClient, type StreamClient } from './testing/stream-client.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'
import { openTestKeys } from './testing/test-keys.ts'
import { startWorker, type Worker } from './worker.ts'

const key = 'sk-canary-0123456789abcdefghij'
let testDb: TestDb
/** One node works, people look at another. */
let working: LiveDb
let looking: LiveDb
let worker: Worker
let stream: EventStream
let provider: Server
let server: Server
let origin = ''
let response: ServerResponse | undefined
let onAsked = () => {}
const listeners = new Map<string, Listener>()
const clients: StreamClient[] = []

beforeAll(async () => {
  provider = createServer((request, answer) => {
    request.resume().on('end', () => {
      response = answer.writeHead(200, { 'content-type': 'text/event-stream' })
      onAsked()
    })
  })
  const port = await listenOn(provider)
  vi.stubEnv('DELEGRAPH_ALLOWED_ADDRESSES', `127.0.0.1:${port}`)
  testDb = await openTestDb()
  working = openLiveDb(testDb.appUrl, () => {})
  looking = openLiveDb(testDb.appUrl, () => {})
  for (const { db } of [working, looking]) {
    setKeyProvider(db, openTestKeys())
    maskKnownValues(db)
  }
  worker = startWorker({ db: working.db })
  stream = createEventStream({
    ...looking,
    whoAsks: async (req) => listeners.get(req.get('x-who') ?? '') ?? { user: null, sessionId: null },
    onError: () => {},
  })
  server = createServer(express().get('/events/:orgId', stream.handler))
  origin = `http://127.0.0.1:${await listenOn(server)}`
})
afterAll(async () => {
  for (const client of clients) client.kill()
  stream.closeAll()
  await worker.stop()
  for (const one of [server, provider]) {
    one.closeAllConnections()
    one.close()
  }
  await Promise.all([working.stop(), looking.stop()])
  await testDb.close()
  vi.unstubAllEnvs()
})

test('words come while they are said, on another node, without a secret that was split over them', async () => {
  const { org, workspaceId } = await orgAtWork()
  const early = listenAs(org, 'viewer')
  const limited = listenAs(org, 'limited')
  await Promise.all([early.opened, limited.opened])
  const id = await begin(org, workspaceId)
  say('The tide is low. ')
  await until(() => textOf(early)?.text === 'The tide is low. ')
  for (const piece of `The key is ${key}, keep it. `.match(/.{1,4}/g) ?? []) say(piece)
  await until(() => textOf(early)?.text.includes('keep') ?? false)

  const late = listenAs(org, 'viewer')
  await until(() => textOf(late)?.text.startsWith('The tide is low. ') ?? false)
  say('Come at six.')
  end()
  const { answer } = await untilState(org, id)
  expect(answer).toBe('The tide is low. The key is [secret OPENAI_API_KEY], keep it. Come at six.')
  for (const client of [early, late]) {
    await until(() => textOf(client)?.isEnded ?? false)
    expect(textOf(client)?.text).toBe(answer)
  }
  expect(spokenBy(early.words)).not.toContain('canary')
  // A key that may read the log but no work hears events and no words.
  expect(limited.words).toEqual([])
  expect(await limited.next()).toMatchObject({ type: 'delegation.queued' })
})

test('an org hears its own models only', async () => {
  const [mine, other] = [await orgAtWork(), await orgAtWork()]
  const here = listenAs(mine.org, 'viewer')
  const there = listenAs(other.org, 'viewer')
  await Promise.all([here.opened, there.opened])
  await begin(mine.org, mine.workspaceId)
  say('Only for us.')
  await until(() => textOf(here)?.text === 'Only for us.')
  end()
  await until(() => textOf(here)?.isEnded ?? false)
  expect(there.words).toEqual([])
})

test('a flood of long words is cut to what a notice takes, and comes whole', async () => {
  const { org, workspaceId } = await orgAtWork()
  const client = listenAs(org, 'viewer')
  await client.opened
  await begin(org, workspaceId)
  const flood = '„Ebbe & Flut" 🌊 \u0001 '.repeat(4_000)
  say(flood)
  await until(() => textOf(client)?.text === flood)
  end()
  expect(client.words.every(({ text }) => Buffer.byteLength(JSON.stringify(text)) < 7_000)).toBe(true)
})

async function orgAtWork(): Promise<{ org: OrgContext; workspaceId: WorkspaceId }> {
  const org = await makeOrg(working.db)
  await setRehearsal(org, false)
  const address = provider.address()
  await giveOpenAiKey(org, { key, port: typeof address === 'object' ? (address?.port ?? 0) : 0 })
  const { Lead } = await makeWorkspaces(org, { Lead: {} }, { Lead: { model: 'openai:gpt-4o' } })
  if (!Lead) throw new Error('no workspace was made')
  return { org, workspaceId: Lead }
}

/** Settles when the provider was asked. */
async function begin(org: OrgContext, workspaceId: WorkspaceId) {
  const asked = new Promise<void>((resolve) => {
    onAsked = resolve
  })
  const { delegationId } = await delegate(org, { workspaceId, task: 'When is low tide?' })
  await asked
  return delegationId
}

function say(content: string): void {
  response?.write(`data: ${JSON.stringify(chunk({ content }, null))}\n\n`)
}

function end(): void {
  response?.end(`data: ${JSON.stringify(chunk({}, 'stop'))}\n\ndata: [DONE]\n\n`)
}

function chunk(delta: object, finish: string | null): object {
  const usage = finish === null ? null : { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 }
  const choices = [{ index: 0, delta, finish_reason: finish }]
  return { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o', choices, usage }
}

function listenAs({ orgId }: OrgContext, who: 'viewer' | 'limited'): StreamClient {
  const permissions = who === 'limited' ? ['orgs.read'] : null
  const machine = { keyId: KeyId.parse(uuidv7()), orgId, name: who, role: 'viewer' as const, permissions, person: null }
  listeners.set(`${who}-${orgId}`, { user: null, machine, sessionId: null })
  const client = openStreamClient(`${origin}/events/${orgId}`, { 'x-who': `${who}-${orgId}` })
  clients.push(client)
  return client
}

function textOf({ words }: StreamClient): Spoken | undefined {
  return words.reduce<Spoken | undefined>((known, frame) => hearWords(known, frame), undefined)
}

function spokenBy(frames: readonly WordsFrame[]): string {
  return frames.map(({ text }) => text).join('')
}

async function until(isTrue: () => boolean): Promise<void> {
  await vi.waitFor(() => expect(isTrue()).toBe(true), { timeout: 10_000, interval: 10 })
}

async function listenOn(one: Server): Promise<number> {
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve))
  const address = one.address()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}
