import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { inSnapshot } from '../../kernel/db.ts'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { addServer } from './add-server.ts'
import { approveTools } from './approve.ts'
import { callMcpTool } from './call-tool.ts'
import { changeServer } from './change-server.ts'
import { readAllTools } from './given.ts'
import { closeLinks } from './kept-links.ts'
import { lookAt } from './links.ts'
import { selectServers } from './store.ts'
import { tryServer } from './try-server.ts'

let testDb: TestDb
let remote: Awaited<ReturnType<typeof openSlowServer>>
const signal = AbortSignal.timeout(120_000)
const soon = { timeout: 10_000 }

beforeAll(async () => {
  testDb = await openTestDb()
})
beforeEach(async () => {
  remote = await openSlowServer()
  vi.stubEnv('DELEGRAPH_ALLOWED_ADDRESSES', remote.host)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await closeLinks(testDb.db)
  await remote.close()
})
afterAll(() => testDb.close())

/**
 * A server on the loopback address that holds each call until the test answers it. `refuseLists` has it refuse to show its tools,
 * as one does that is busy with a call. Who has a session listens to it for as long as that lasts.
 */
async function openSlowServer() {
  const held: { answer(said: string): void; loseSession(): void }[] = []
  const listening = new Set<ServerResponse>()
  let begun = 0
  let isBusy = false
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
      listening.add(response)
      return void response.on('close', () => listening.delete(response))
    }
    const { id, method } = JSON.parse((await text(request)) || '{}')
    if (id === undefined) return void response.writeHead(202).end()
    const reply = (said: object, headers: Record<string, string> = {}) =>
      response
        .writeHead(200, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify({ jsonrpc: '2.0', id, ...said }))
    if (method === 'initialize') {
      begun++
      const serverInfo = { name: 'slow', version: '1' }
      const result = { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo }
      return void reply({ result }, { 'mcp-session-id': randomUUID() })
    }
    if (method === 'tools/list' && isBusy) return void response.writeHead(503).end()
    if (method === 'tools/list') {
      const tool = { name: 'dig', description: 'Digs.', inputSchema: { type: 'object' } }
      return void reply({ result: { tools: [tool] } })
    }
    if (method !== 'tools/call') return void reply({ error: { code: -32601, message: 'Method not found' } })
    held.push({
      answer: (said) => void reply({ result: { content: [{ type: 'text', text: said }] } }),
      loseSession: () => void response.writeHead(404).end(),
    })
  }
  const server = createServer((request, response) => void serve(request, response))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  return {
    host,
    url: `http://${host}/mcp`,
    held,
    begun: () => begun,
    listeners: () => listening.size,
    refuseLists(next: boolean) {
      isBusy = next
    },
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

/** A server whose tool may be called, with one session that everybody shares. */
async function ready() {
  const org = await makeOrg(testDb.db)
  const { Solo } = await makeWorkspaces(org, { Solo: {} })
  if (!Solo) throw new Error('no workspace')
  const transport = { kind: 'http' as const, url: remote.url, headers: {} }
  const { serverId } = await addServer(org, { name: 'pit', transport, reach: { kind: 'everyone' }, timeoutSeconds: 20 })
  await tryServer(org, serverId, signal)
  const row = async () => {
    const [server] = await inSnapshot(org.db, org.orgId, selectServers)
    if (!server) throw new Error('no server')
    return server
  }
  await approveTools(org, { serverId, hash: (await row()).seen?.hash ?? '' })
  const [tool] = await inSnapshot(org.db, org.orgId, readAllTools)
  if (!tool) throw new Error('no tool')
  await expect.poll(remote.listeners, soon).toBe(1)
  return {
    /** Calls the tool; gives what it will say once the server has the call. */
    async call() {
      const before = remote.held.length
      const said = callMcpTool({ site: { context: org, workspaceId: Solo }, tool, args: {} }, signal)
      // Whether it is refused is what the test asks later.
      said.catch(() => {})
      await expect.poll(() => remote.held.length, soon).toBe(before + 1)
      return { said }
    },
    look: async () => await lookAt({ context: org, server: await row(), workspaceId: null }, signal),
    switchOff: () => changeServer(org, { serverId, isOn: false }),
  }
}

test('a look that fails ends no call of anybody else: it is answered, and its session ended after it', async () => {
  const { call, look } = await ready()
  const long = await call()
  remote.refuseLists(true)
  await expect(look()).rejects.toMatchObject({ code: 'unavailable' })
  remote.refuseLists(false)
  // Whoever comes now begins a session of their own.
  const next = await call()
  expect(remote.begun()).toBe(2)
  remote.held[0]?.answer('deep')
  expect(await long.said).toBe('deep')
  remote.held[1]?.answer('deeper')
  expect(await next.said).toBe('deeper')
  await expect.poll(remote.listeners, soon).toBe(1)
})

test('a call whose session the server does not know begins another, and ends no call of anybody else', async () => {
  const { call } = await ready()
  const [lost, long] = [await call(), await call()]
  remote.held[0]?.loseSession()
  await expect.poll(() => remote.held.length, soon).toBe(3)
  expect(remote.begun()).toBe(2)
  remote.held[1]?.answer('deep')
  expect(await long.said).toBe('deep')
  remote.held[2]?.answer('at last')
  expect(await lost.said).toBe('at last')
  await expect.poll(remote.listeners, soon).toBe(1)
})

test('a call over a session that leaves ends with a server that is switched off', async () => {
  const { call, look, switchOff } = await ready()
  const long = await call()
  remote.refuseLists(true)
  await expect(look()).rejects.toMatchObject({ code: 'unavailable' })
  await switchOff()
  await expect(long.said).rejects.toMatchObject({ code: 'unavailable' })
  await expect.poll(remote.listeners, soon).toBe(0)
})
