import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { makeMember, makeOrg } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { setSecrets } from './set-secrets.ts'
import { testKey } from './test-key.ts'

let database: TestDb
let server: Server
let port = 0
let status = 200
let body = '{}'
let asked: { url: string; key: string }[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    const { authorization = '', 'x-api-key': key = authorization } = request.headers
    asked.push({ url: request.url ?? '', key: String(key) })
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' ? (address?.port ?? 0) : 0
  vi.stubEnv('DELEGRAPH_ALLOWED_ADDRESSES', `127.0.0.1:${port}`)
  database = await openTestDb()
})
afterAll(async () => {
  await database.close()
  vi.unstubAllEnvs()
  server.closeAllConnections()
  server.close()
})

const keptKey = 'sk-canary-kept'

async function makeKeyed() {
  const org = await makeOrg(database.db)
  const entries = [
    { name: 'OPENAI_API_KEY', value: keptKey },
    { name: 'OPENAI_BASE_URL', value: `http://127.0.0.1:${port}/v1` },
    { name: 'ANTHROPIC_BASE_URL', value: `http://127.0.0.1:${port}` },
  ]
  await setSecrets(org, { workspaceId: null, entries })
  return org
}

test.each([
  [200, '{"data":[]}', 'works'],
  [401, `{"error":{"message":"Bad key ${keptKey}"}}`, 'refused'],
  [403, '', 'refused'],
  [402, '', 'no-credit'],
  [429, '{"error":{"code":"insufficient_quota"}}', 'no-credit'],
  [429, 'slow down', 'rate-limited'],
  [503, '', 'unreachable'],
  [301, '', 'unclear'],
])('an answer of %i %s is told as %s %s', async (code, text, outcome) => {
  ;[status, body, asked] = [code, text, []]
  const told = await testKey(await makeKeyed(), { workspaceId: null, service: 'openai' })
  expect(told.outcome).toBe(outcome)
  expect(JSON.stringify(told)).not.toContain('canary')
  expect(asked).toEqual([{ url: '/v1/models', key: `Bearer ${keptKey}` }])
})

test('a value is tried before it is kept, in the way of its service', async () => {
  ;[status, body, asked] = [200, '{}', []]
  const org = await makeKeyed()
  const given = { workspaceId: null, service: 'anthropic', value: 'sk-ant-new' }
  expect(await testKey(org, given)).toMatchObject({ outcome: 'works', words: 'Anthropic accepts the key.' })
  expect(asked).toEqual([{ url: '/v1/models?limit=1', key: 'sk-ant-new' }])
  expect(await testKey(org, { ...given, value: 'two words' })).toMatchObject({ outcome: 'refused' })
  expect(asked).toHaveLength(1)
})

test('what nobody answers, what is not kept and what cannot be tried is said', async () => {
  const org = await makeKeyed()
  const entries = [{ name: 'MISTRAL_BASE_URL', value: 'https://127.0.0.1:1/v1' }]
  await setSecrets(org, { workspaceId: null, entries })
  const mistral = { workspaceId: null, service: 'mistral' }
  expect(await testKey(org, { ...mistral, value: 'x' })).toMatchObject({
    outcome: 'unreachable',
    words: expect.stringContaining('private address'),
  })
  await expect(testKey(org, mistral)).rejects.toMatchObject({ code: 'unavailable' })
  await expect(testKey(org, { workspaceId: null, service: 'github' })).rejects.toMatchObject({ code: 'not-found' })
  await expect(testKey(org, { workspaceId: null, service: 'slack' })).rejects.toMatchObject({ code: 'bad-input' })
})

test('members may not try keys, and managers not many', async () => {
  const org = await makeKeyed()
  const asking = { workspaceId: null, service: 'openai' }
  await expect(testKey(await makeMember(org, 'member'), asking)).rejects.toMatchObject({ code: 'forbidden' })
  const manager = await makeMember(org, 'manager')
  for (let tries = 0; tries < 10; tries++) await testKey(manager, asking)
  await expect(testKey(manager, asking)).rejects.toMatchObject({ code: 'rate-limited' })
})
