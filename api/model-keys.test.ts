import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { cancelDelegation } from './features/delegations/cancel-delegation.ts'
import { delegate } from './features/delegations/delegate.ts'
import { getDelegation } from './features/delegations/get-delegation.ts'
import { getUsage } from './features/secrets/get-usage.ts'
import { modelConnections } from './features/secrets/model-connections.ts'
import { writeUses } from './features/secrets/record-use.ts'
import { removeSecret, restoreSecret } from './features/secrets/remove-secret.ts'
import { setSecret, setSecrets } from './features/secrets/set-secrets.ts'
import { fetchOf } from './models/provider-fetch.ts'
import { setRehearsal, untilState } from './testing/engine.ts'
import { makeOrg, makeWorkspaces } from './testing/factories.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'
import { startWorker, type Worker } from './worker.ts'

let database: TestDb
let worker: Worker
let server: Server
let port = 0
let seen: string[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request.headers.authorization ?? '')
    request.resume().on('end', () => {
      const choices = [{ index: 0, delta: { content: 'At six.' }, finish_reason: 'stop' }]
      const chunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices }
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' ? (address?.port ?? 0) : 0
  vi.stubEnv('DELEGRAPH_ALLOWED_ADDRESSES', `127.0.0.1:${port}`)
  // A key of the server's own environment is nobody's.
  vi.stubEnv('OPENAI_API_KEY', 'sk-of-the-operator')
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

async function makeReal() {
  const org = await makeOrg(database.db)
  await setRehearsal(org, false)
  const { Lead, Other } = await makeWorkspaces(
    org,
    { Lead: {}, Other: {} },
    { Lead: { model: 'openai:gpt-4o' }, Other: { model: 'openai:gpt-4o' } },
  )
  if (!Lead || !Other) throw new Error('no workspaces')
  return { org, Lead, Other }
}

const baseUrl = () => ({ workspaceId: null, name: 'OPENAI_BASE_URL', value: `http://127.0.0.1:${port}/v1` })
const key = (value: string) => ({ workspaceId: null, name: 'OPENAI_API_KEY', value })

test('work without a key waits, says which and where, and goes on once it is there', async () => {
  const { org, Lead } = await makeReal()
  await setSecret(org, baseUrl())
  const { delegationId } = await delegate(org, { workspaceId: Lead, task: 'When is low tide?' })
  const waiting = await untilState(org, delegationId, ['waiting', 'failed'])
  expect(waiting).toMatchObject({
    state: 'waiting',
    waitingFor: 'input',
    reason: expect.stringMatching(/^OPENAI_API_KEY is not set.*Settings, Secrets/),
  })
  seen = []
  // Another name changes nothing about it.
  await setSecret(org, { workspaceId: null, name: 'GITHUB_TOKEN', value: 'x' })
  await setSecret(org, key('sk-first'))
  const ended = await untilState(org, delegationId)
  expect(ended).toMatchObject({ state: 'completed', answer: 'At six.' })
  expect(seen).toEqual(['Bearer sk-first'])
  const holds = (await getDelegation(org, delegationId)).steps.filter(({ kind }) => kind === 'note')
  expect(holds).toHaveLength(2)
})

test('a key that is set while the work begins wakes it, however they meet', async () => {
  const { org, Lead } = await makeReal()
  await setSecret(org, baseUrl())
  const given = Array.from({ length: 6 }, () => delegate(org, { workspaceId: Lead, task: 'When is low tide?' }))
  const [, ...begun] = await Promise.all([setSecret(org, key('sk-race')), ...given])
  for (const { delegationId } of begun) {
    expect(await untilState(org, delegationId)).toMatchObject({ state: 'completed' })
  }
})

test('waiting work can be cancelled, and a key taken back and given again counts', async () => {
  const { org, Lead } = await makeReal()
  await setSecret(org, baseUrl())
  const { secretId } = await setSecret(org, key('sk-a'))
  await removeSecret(org, secretId)
  const [one, two] = await Promise.all([
    delegate(org, { workspaceId: Lead, task: 'One' }),
    delegate(org, { workspaceId: Lead, task: 'Two' }),
  ])
  await untilState(org, one.delegationId, ['waiting'])
  await cancelDelegation(org, one.delegationId)
  expect(await untilState(org, one.delegationId)).toMatchObject({ state: 'cancelled' })
  await untilState(org, two.delegationId, ['waiting'])
  await restoreSecret(org, secretId)
  expect(await untilState(org, two.delegationId)).toMatchObject({ state: 'completed' })
})

test('each workspace calls with its own key before the organisation’s, a new value at the next call', async () => {
  const { org, Lead, Other } = await makeReal()
  await setSecrets(org, { workspaceId: null, entries: [key('sk-org'), baseUrl()] })
  const own = await setSecret(org, { ...key('sk-own'), workspaceId: Lead })
  const keyOf = async (workspaceId: typeof Lead) =>
    (await modelConnections(org)({ model: 'openai:gpt-4o', workspaceId })).apiKey
  expect([await keyOf(Lead), await keyOf(Other)]).toEqual(['sk-own', 'sk-org'])
  await setSecret(org, { ...key('sk-own-2'), workspaceId: Lead })
  expect(await keyOf(Lead)).toBe('sk-own-2')
  await writeUses(org.db)
  // The worker writes uses down as well, and may be at it.
  const uses = async () => (await getUsage(org, own.secretId)).uses
  await vi.waitFor(async () => expect(await uses()).toMatchObject([{ by: { name: 'Lead' }, count: 2 }]), 10_000)
})

test('an address of a workspace is never sent the organisation’s key', async () => {
  const { org, Lead } = await makeReal()
  await setSecret(org, key('sk-org'))
  await setSecret(org, { ...baseUrl(), workspaceId: Lead })
  const connection = modelConnections(org)({ model: 'openai:gpt-4o', workspaceId: Lead })
  await expect(connection).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('not sent') })
  await setSecret(org, { ...key('sk-own'), workspaceId: Lead })
  expect(await modelConnections(org)({ model: 'openai:gpt-4o', workspaceId: Lead })).toMatchObject({ apiKey: 'sk-own' })
})

test.each([
  'http://127.0.0.1:1/v1',
  'http://169.254.169.254/latest',
  'http://example.com/v1',
  'file:///etc/passwd',
  'nonsense',
])('the address %s is refused before it is kept, and before anything is sent', async (value) => {
  const { org, Lead } = await makeReal()
  const entries = [key('sk-org'), { name: 'OPENAI_BASE_URL', value }]
  const refused = { message: expect.stringContaining('https://') }
  await expect(setSecrets(org, { workspaceId: null, entries })).rejects.toMatchObject({ ...refused, code: 'bad-input' })
  if (!value.startsWith('http:')) return
  // The operator may take back what was allowed when it was set.
  const { hostname, port: itsPort } = new URL(value)
  vi.stubEnv('DELEGRAPH_ALLOWED_ADDRESSES', `${hostname}:${itsPort || '80'}`)
  await setSecrets(org, { workspaceId: null, entries })
  vi.stubEnv('DELEGRAPH_ALLOWED_ADDRESSES', `127.0.0.1:${port}`)
  const connection = modelConnections(org)({ model: 'openai:gpt-4o', workspaceId: Lead })
  await expect(connection).rejects.toMatchObject({ ...refused, code: 'unavailable' })
})

test('a private address over https is refused on the way, in words, and nothing is sent', async () => {
  const { org, Lead } = await makeReal()
  const entries = [key('sk-org'), { name: 'OPENAI_BASE_URL', value: 'https://[::ffff:10.0.0.1]/v1' }]
  await setSecrets(org, { workspaceId: null, entries })
  const connection = await modelConnections(org)({ model: 'openai:gpt-4o', workspaceId: Lead })
  const sent = fetchOf(connection, 1_000)(`${connection.baseUrl}/chat/completions`, { method: 'POST', body: '{}' })
  await expect(sent).rejects.toThrow('private address')
})
