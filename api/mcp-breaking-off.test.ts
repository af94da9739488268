import { createServer, type ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { whyNoStdioPrograms } from '#sandbox/server/stdio-program.ts'
import type { McpServerId } from '#shared/kernel/ids.ts'
import type { McpTransport } from '#shared/mcp/contract.ts'
import { approveCommand, approveTools } from './features/mcp/approve.ts'
import { addServer, closeLinks, listServers, tryServer } from './features/mcp/index.ts'
import { hearUnheard, type Unheard } from './features/mcp/unheard.ts'
import { setSecrets } from './features/secrets/index.ts'
import type { OrgContext } from './kernel/actor.ts'
import { readLog } from './testing/engine.ts'
import { makeOrg } from './testing/factories.ts'
import { openChangingServer } from './testing/mcp/changing-server.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'

const token = 'kept-word-of-the-tides-8842'
const heard: Unheard[] = []
const never = AbortSignal.timeout(120_000)
const why = whyNoStdioPrograms()
if (why) process.stdout.write(`skipped: MCP servers as programs: ${why}\n`)

let testDb: TestDb
let org: OrgContext
let remote: Awaited<ReturnType<typeof openChangingServer>>

beforeAll(async () => {
  testDb = await openTestDb()
  hearUnheard(testDb.db, (unheard) => void heard.push(unheard))
  remote = await openChangingServer([{ name: 'weather', description: 'Tells the weather.' }])
  vi.stubEnv('DELEGRAPH_ALLOWED_ADDRESSES', remote.host)
})
beforeEach(async () => {
  await closeLinks(testDb.db)
  await expect.poll(() => remote.listeners()).toBe(0)
  heard.length = 0
  remote.setDown(false)
  org = await makeOrg(testDb.db)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await closeLinks(testDb.db)
  await remote.close()
  await testDb.close()
})

async function server(id: McpServerId) {
  const found = (await listServers(org)).servers.find((one) => one.id === id)
  if (!found) throw new Error('no server')
  return found
}

async function add(transport: McpTransport): Promise<McpServerId> {
  const settings = { reach: { kind: 'everyone' as const }, timeoutSeconds: 20 }
  return (await addServer(org, { name: 'sky', transport, ...settings })).serverId
}

async function told() {
  return (await readLog(org)).flatMap(({ type, payload }) => (type === 'mcp-server.failed' ? [payload] : []))
}

async function ready(): Promise<McpServerId> {
  const serverId = await add({ kind: 'http', url: remote.url, headers: {} })
  await tryServer(org, serverId, never)
  await approveTools(org, { serverId, hash: (await server(serverId)).seen?.hash ?? '' })
  await expect.poll(() => remote.listeners()).toBe(1)
  return serverId
}

test('a server that breaks off while nobody calls it is unreachable, and people and the log are told why', async () => {
  const serverId = await ready()
  remote.setDown(true)
  remote.cutStreams()
  await expect.poll(async () => (await server(serverId)).state, { timeout: 10_000 }).toBe('unreachable')
  const reason = 'sky cannot be used now: it answered with status 503.'
  expect((await server(serverId)).trouble?.reason).toBe(reason)
  expect(await told()).toEqual([{ serverId, name: 'sky', reason }])
  const said = { orgId: org.orgId, serverId, server: 'sky', during: 'nobody called it' }
  await expect.poll(() => heard).toContainEqual({ ...said, reason })
  expect(heard[0]).toMatchObject({ ...said, reason: expect.stringMatching(/stream/i) })
})

test('a server that only forgot the session can be used: nothing is said of it but in the log', async () => {
  const serverId = await ready()
  const lists = () => remote.seen.filter(({ method }) => method === 'tools/list').length
  const before = lists()
  remote.loseSessions()
  remote.cutStreams()
  await expect.poll(lists, { timeout: 10_000 }).toBe(before + 1)
  await tryServer(org, serverId, never)
  expect((await server(serverId)).state).toBe('ready')
  expect(await told()).toEqual([])
  expect(heard).toMatchObject([{ serverId, during: 'nobody called it' }])
})

test.skipIf(why !== undefined)(
  'a program that ends by itself says so, its last words without the secrets',
  async () => {
    await setSecrets(org, { workspaceId: null, entries: [{ name: 'TIDE_TOKEN', value: token }] })
    const code = `
import { createInterface } from 'node:readline'
const say = (id, result) => console.log(JSON.stringify({ jsonrpc: '2.0', id, result }))
for await (const line of createInterface({ input: process.stdin })) {
  const { id, method } = JSON.parse(line)
  if (method === 'initialize') say(id, { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo: { name: 'own', version: '1' } })
  else if (method === 'tools/list') {
    say(id, { tools: [{ name: 'hello', description: 'Says hello.', inputSchema: { type: 'object' } }] })
    setTimeout(() => {
      console.error('no tide for ' + process.env.TOKEN)
      process.exit(3)
    }, 50)
  } else if (id !== undefined) console.log(JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32601, message: 'no' } }))
}
`
    const serverId = await add({
      ...{ kind: 'stdio', command: 'node', args: ['/srv/given/server.mjs'], folder: null },
      ...{ env: { TOKEN: '{{secret TIDE_TOKEN}}' }, files: { 'server.mjs': code } },
    })
    await approveCommand(org, { serverId, hash: (await server(serverId)).commandHash ?? '' })
    await tryServer(org, serverId, never)
    await expect.poll(async () => (await server(serverId)).trouble, { timeout: 10_000 }).not.toBeNull()
    const [failed] = await told()
    expect(failed?.reason).toMatch(/no tide for .*It ended with code 3\./)
    expect(JSON.stringify([failed, await server(serverId)])).not.toContain(token)
  },
)

test('a session that whoever wanted it did not wait for, and that cannot be begun, is said', async () => {
  const held: ServerResponse[] = []
  const slow = createServer((_, answer) => void held.push(answer))
  await new Promise<void>((listening) => slow.listen(0, '127.0.0.1', listening))
  const address = slow.address()
  const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  vi.stubEnv('DELEGRAPH_ALLOWED_ADDRESSES', `${remote.host},${host}`)
  try {
    const serverId = await add({ kind: 'http', url: `http://${host}/mcp`, headers: {} })
    const leaving = new AbortController()
    const trying = tryServer(org, serverId, leaving.signal)
    await expect.poll(() => held.length).toBeGreaterThan(0)
    leaving.abort()
    await expect(trying).rejects.toThrow(/abort/i)
    expect((await server(serverId)).trouble).toBeNull()
    slow.on('request', (_, answer) => answer.writeHead(503).end())
    for (const answer of held) answer.writeHead(503).end()
    await expect.poll(async () => (await server(serverId)).state, { timeout: 10_000 }).toBe('unreachable')
    expect(await told()).toMatchObject([{ serverId, reason: expect.stringMatching(/status 503/) }])
    await expect.poll(() => heard).toMatchObject([{ serverId, reason: expect.stringMatching(/status 503/) }])
  } finally {
    slow.closeAllConnections()
    slow.close()
  }
})
