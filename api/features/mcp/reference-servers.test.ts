import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { whyNoStdioPrograms } from '#sandbox/server/stdio-program.ts'
import type { McpServerId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { McpTransport } from '#shared/mcp/contract.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { referenceFolder, referenceServer } from '../../testing/mcp/reference-servers.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { addServer } from './add-server.ts'
import { approveCommand, approveTools } from './approve.ts'
import { callMcpTool } from './call-tool.ts'
import { readGivenTools } from './given.ts'
import { closeLinks } from './kept-links.ts'
import { listServers } from './list-servers.ts'
import { tryServer } from './try-server.ts'

let testDb: TestDb
let org: OrgContext
let workspaceId: WorkspaceId
const signal = AbortSignal.timeout(120_000)
const why = whyNoStdioPrograms()
if (why) process.stdout.write(`skipped: MCP servers as programs: ${why}\n`)

beforeAll(async () => {
  vi.stubEnv('DELEGRAPH_MCP_FOLDERS', referenceFolder)
  testDb = await openTestDb()
  org = await makeOrg(testDb.db)
  const { Solo } = await makeWorkspaces(org, { Solo: {} })
  if (!Solo) throw new Error('no workspace')
  workspaceId = Solo
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await closeLinks(testDb.db)
  await testDb.close()
})

async function server(id: McpServerId) {
  const found = (await listServers(org)).servers.find((one) => one.id === id)
  if (!found) throw new Error('no server')
  return found
}

/** Added, its command approved, tried, its tools approved: what two people's looks come to. */
async function ready(name: string, transport: McpTransport): Promise<McpServerId> {
  const { serverId } = await addServer(org, { name, transport, reach: { kind: 'everyone' }, timeoutSeconds: 20 })
  if (transport.kind === 'stdio') {
    expect((await server(serverId)).state).toBe('command')
    await expect(tryServer(org, serverId, signal)).rejects.toMatchObject({ code: 'conflict' })
    await approveCommand(org, { serverId, hash: (await server(serverId)).commandHash ?? '' })
  }
  expect((await server(serverId)).state).toBe('untried')
  await tryServer(org, serverId, signal)
  const shown = await server(serverId)
  expect(shown.state).toBe('tools')
  await approveTools(org, { serverId, hash: shown.seen?.hash ?? '' })
  expect((await server(serverId)).state).toBe('ready')
  return serverId
}

async function call(name: string, args: object): Promise<string> {
  const given = await inSnapshot(org.db, org.orgId, (reader) => readGivenTools(reader, workspaceId, undefined))
  const tool = given.find((one) => one.name === name)
  if (!tool) throw new Error(`no ${name} among ${given.map((one) => one.name).join(', ')}`)
  return await callMcpTool({ site: { context: org, workspaceId }, tool, args }, signal)
}

describe.skipIf(why !== undefined)('the reference servers, as programs in the sandbox', () => {
  test('everything: text, a failure, an image, a resource, and what the environment holds', async () => {
    await ready('everything', referenceServer('everything', ['stdio']))
    expect(await call('everything__echo', { message: 'tides' })).toContain('tides')
    expect(await call('everything__get-sum', { a: 2, b: 3 })).toContain('5')
    expect(await call('everything__get-tiny-image', {})).toMatch(/\[image, image\/png, [\d.]+ (kB|bytes): not shown\]/)
    expect(JSON.parse(await call('everything__get-env', {}))).not.toHaveProperty('DELEGRAPH_MCP_FOLDERS')
    await expect(call('everything__get-sum', { a: 'two' })).rejects.toMatchObject({ code: 'bad-input' })
  })

  test('memory: what one call writes the next one reads, for the session is kept', async () => {
    const transport = referenceServer('memory')
    if (transport.kind !== 'stdio') throw new Error('it is a program')
    await ready('memory', { ...transport, env: { MEMORY_FILE_PATH: '/tmp/memory.jsonl' } })
    const entities = [{ name: 'Tides', entityType: 'topic', observations: ['come twice a day'] }]
    await call('memory__create_entities', { entities })
    expect(await call('memory__search_nodes', { query: 'Tides' })).toContain('come twice a day')
  })

  test('filesystem: it reads the files it was given and none of this machine', async () => {
    const transport = referenceServer('filesystem', ['/srv/given'])
    if (transport.kind !== 'stdio') throw new Error('it is a program')
    await ready('files', { ...transport, files: { 'notes/tides.md': 'High at noon.' } })
    expect(await call('files__read_text_file', { path: '/srv/given/notes/tides.md' })).toContain('High at noon.')
    await expect(call('files__read_text_file', { path: '/etc/passwd' })).rejects.toThrow(/denied|outside/i)
  })
})

test('everything over streamable HTTP: refused on the loopback address, spoken to where the operator lists it', async () => {
  const port = await freePort()
  const program = spawn(
    process.execPath,
    [`${referenceFolder}/@modelcontextprotocol/server-everything/dist/index.js`, 'streamableHttp'],
    {
      env: { PORT: String(port) },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  try {
    await new Promise<void>((resolve) =>
      program.stderr.on('data', (text) => /listening/i.test(String(text)) && resolve()),
    )
    const url = `http://127.0.0.1:${port}/mcp`
    const transport = { kind: 'http' as const, url, headers: {} }
    const { serverId } = await addServer(org, {
      name: 'near',
      transport,
      reach: { kind: 'config' },
      timeoutSeconds: 20,
    })
    await expect(tryServer(org, serverId, signal)).rejects.toThrow(/private address/)
    expect(await server(serverId)).toMatchObject({
      state: 'unreachable',
      trouble: { reason: expect.stringMatching(/private/) },
    })
    vi.stubEnv('DELEGRAPH_ALLOWED_ADDRESSES', `127.0.0.1:${port}`)
    await ready('remote', transport)
    expect(await call('remote__echo', { message: 'over the wire' })).toContain('over the wire')
    await closeLinks(testDb.db)
  } finally {
    program.kill('SIGKILL')
  }
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
