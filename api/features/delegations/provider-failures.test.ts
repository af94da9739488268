import { createServer, type Server, type ServerResponse } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { setRehearsal, untilState } from '../../testing/engine.ts'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { giveOpenAiKey } from '../../testing/provider-keys.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { startWorker, type Worker } from '../../worker.ts'
import { delegate } from './delegate.ts'
import { getDelegation } from './get-delegation.ts'

const key = 'sk-canary-0123456789abcdefghij'
let database: TestDb
let worker: Worker
let server: Server
let port = 0
let answer: (response: ServerResponse) => void

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', () => answer(response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' ? (address?.port ?? 0) : 0
  vi.stubEnv('DELEGRAPH_ALLOWED_ADDRESSES', `127.0.0.1:${port}`)
  database = await openTestDb()
  worker = startWorker({ db: database.db })
})
afterAll(async () => {
  await worker.stop()
  await database.close()
  vi.unstubAllEnvs()
  server.closeAllConnections()
  server.close()
})

test('a real answer over the wire completes the work', async () => {
  answer = stream([said('Low tide is at six.'), said('', 'stop')])
  expect(await run()).toMatchObject({ state: 'completed', answer: 'Low tide is at six.' })
})

test.each([
  ['401', json(401, { error: { message: `Bad key ${key}` } }), 'openai answered 401: Bad key [secret OPENAI_API_KEY]'],
  ['402', json(402, { error: { message: 'Pay first' } }), 'openai answered 402: Pay first'],
  ['nothing', plain('application/json', ''), 'with nothing in it'],
  ['a page', plain('text/html', '<h1>Log in</h1>'), 'Log in'],
  ['an empty answer', stream([said(''), said('', 'stop')]), 'The model gave an empty answer.'],
  ['a cut answer', stream([said('It is'), said('', 'length')]), 'cut off at its length limit'],
  ['a filtered answer', stream([said(''), said('', 'content_filter')]), 'The provider filtered the answer'],
  ['bytes that are no text', plain('text/event-stream', Buffer.from([0x64, 0xff, 0xfe])), 'no valid UTF-8'],
  ['endless text', stream(Array(105).fill(said('x'.repeat(100_000)))), 'longer than'],
])('%s ends as failed, with the reason', async (_name, answers, reason) => {
  answer = answers
  expect(await run()).toMatchObject({ state: 'failed', reason: expect.stringContaining(reason) })
})

test.each([
  ['429', json(429, { error: { message: 'Slow down' } }), 'openai answered 429: Slow down'],
  ['503', json(503, { error: { message: 'Too busy' } }), 'openai answered 503: Too busy'],
  ['half a stream', stream([said('The tide')]), 'broke off before its end. It had said: The tide'],
])('%s waits to be tried again, with the reason', async (_name, answers, reason) => {
  answer = answers
  expect(await run()).toMatchObject({ state: 'waiting', waitingFor: 'retry', reason: expect.stringContaining(reason) })
})

async function run() {
  const org = await makeOrg(database.db)
  await setRehearsal(org, false)
  await giveOpenAiKey(org, { key, port })
  const { Lead } = await makeWorkspaces(org, { Lead: {} }, { Lead: { model: 'openai:gpt-4o' } })
  if (!Lead) throw new Error('no workspace')
  const { delegationId } = await delegate(org, { workspaceId: Lead, task: 'When is low tide?' })
  const ended = await untilState(org, delegationId, ['completed', 'failed', 'waiting'])
  expect(JSON.stringify(await getDelegation(org, delegationId))).not.toContain('canary')
  return ended
}

function said(content: string, finish: string | null = null) {
  const choices = [{ index: 0, delta: { content }, finish_reason: finish }]
  return { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices }
}

function stream(events: readonly object[]) {
  return plain('text/event-stream', events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''))
}

function json(status: number, body: object) {
  return (response: ServerResponse) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function plain(type: string, body: string | Buffer) {
  return (response: ServerResponse) => response.writeHead(200, { 'content-type': type }).end(body)
}
