import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { whyNoStdioPrograms } from '#sandbox/server/stdio-program.ts'
import { KeyId, type McpServerId } from '#shared/kernel/ids.ts'
import type { StdioTransport } from '#shared/mcp/contract.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { readLog } from '../../testing/engine.ts'
import { makeMember, makeOrg } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { addServer } from './add-server.ts'
import { approveCommand, approveTools, setToolHints } from './approve.ts'
import { changeServer } from './change-server.ts'
import { listOf } from './hash.ts'
import { closeLinks } from './kept-links.ts'
import { listServers } from './list-servers.ts'
import { removeServer, restoreServer } from './remove-server.ts'
import { lockServer, updateServer } from './store.ts'
import { tryServer } from './try-server.ts'

const claims = { readOnly: null, idempotent: null, destructive: null, openWorld: null }

/** A whole server in a file: one tool, answered line by line. */
const code = `
import { createInterface } from 'node:readline'
const say = (id, result) => console.log(JSON.stringify({ jsonrpc: '2.0', id, result }))
for await (const line of createInterface({ input: process.stdin })) {
  const { id, method } = JSON.parse(line)
  if (method === 'initialize') say(id, { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo: { name: 'own', version: '1' } })
  else if (method === 'tools/list') say(id, { tools: [{ name: 'hello', description: 'Says hello.', inputSchema: { type: 'object' } }] })
  else if (id !== undefined) console.log(JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32601, message: 'no' } }))
}
`
const transport: StdioTransport = {
  ...{ kind: 'stdio', command: 'node', args: ['/srv/given/server.mjs'], env: {}, folder: null },
  files: { 'server.mjs': code },
}

let testDb: TestDb
let org: OrgContext
const signal = AbortSignal.timeout(60_000)
const why = whyNoStdioPrograms()
if (why) process.stdout.write(`skipped: MCP servers as programs: ${why}\n`)

beforeAll(async () => {
  testDb = await openTestDb()
  org = await makeOrg(testDb.db)
})
afterAll(async () => {
  await closeLinks(testDb.db)
  await testDb.close()
})

async function server(id: McpServerId) {
  const found = (await listServers(org)).servers.find((one) => one.id === id)
  if (!found) throw new Error('no server')
  return found
}

async function add(name: string, given: StdioTransport = transport) {
  const settings = { reach: { kind: 'everyone' as const }, timeoutSeconds: 20 }
  return (await addServer(org, { name, transport: given, ...settings })).serverId
}

test.skipIf(why !== undefined)(
  'a command runs when exactly it was approved, and any change of it asks again',
  async () => {
    const serverId = await add('own')
    const first = (await server(serverId)).commandHash ?? ''
    await expect(tryServer(org, serverId, signal)).rejects.toMatchObject({ code: 'conflict' })
    await expect(approveCommand(org, { serverId, hash: 'another' })).rejects.toMatchObject({ code: 'conflict' })
    await approveCommand(org, { serverId, hash: first })
    expect(await tryServer(org, serverId, signal)).toEqual({ tools: 1 })
    await approveTools(org, { serverId, hash: (await server(serverId)).seen?.hash ?? '' })

    for (const change of [
      { args: [...transport.args, '--more'] },
      { env: { NODE_OPTIONS: '--require /srv/given/other.js' } },
      { files: { 'server.mjs': `${code}\n` } },
    ]) {
      await changeServer(org, { serverId, transport: { ...transport, ...change } })
      expect((await server(serverId)).state, Object.keys(change)[0]).toBe('command')
      await expect(tryServer(org, serverId, signal)).rejects.toMatchObject({ code: 'conflict' })
    }
    // As it was approved, it runs; its list is seen anew before it is used.
    await changeServer(org, { serverId, transport })
    expect((await server(serverId)).state).toBe('ready')
  },
)

test('a file of its folder that is another since the approval asks again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-folder-'))
  try {
    const path = join(folder, 'server.mjs')
    writeFileSync(path, code)
    const inside = `/srv/${basename(folder)}/server.mjs`
    const given = { ...transport, args: [inside], files: {}, folder }
    await expect(add('foldered', given)).rejects.toMatchObject({ code: 'forbidden', field: 'transport.folder' })
    vi.stubEnv('DELEGRAPH_MCP_FOLDERS', folder)
    const serverId = await add('foldered', given)
    await approveCommand(org, { serverId, hash: (await server(serverId)).commandHash ?? '' })
    expect((await server(serverId)).state).toBe('untried')
    writeFileSync(path, `${code}\nconsole.error('another')`)
    expect((await server(serverId)).state).toBe('command')
  } finally {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  }
})

test('an argument that leaves the folder is refused and tells nothing of what lies there; what stands behind = is watched', async () => {
  const top = mkdtempSync(join(tmpdir(), 'mcp-folder-'))
  try {
    const folder = join(top, 'tools')
    mkdirSync(folder)
    writeFileSync(join(top, 'outside'), 'private')
    symlinkSync(join(top, 'outside'), join(folder, 'link'))
    const early = join(folder, 'early.mjs')
    writeFileSync(early, '')
    vi.stubEnv('DELEGRAPH_MCP_FOLDERS', folder)
    const given = { ...transport, files: {}, folder }
    for (const path of ['../outside', 'x/../../outside', 'link']) {
      for (const word of [`/srv/tools/${path}`, `--import=/srv/tools/${path}`]) {
        await expect(add('leaving', { ...given, args: [word] }), word).rejects.toMatchObject({
          ...{ code: 'bad-input', field: 'transport.args' },
        })
      }
    }
    const serverId = await add('early', { ...given, args: ['--import=/srv/tools/early.mjs'] })
    await approveCommand(org, { serverId, hash: (await server(serverId)).commandHash ?? '' })
    expect((await server(serverId)).state).toBe('untried')
    writeFileSync(early, 'another')
    expect((await server(serverId)).state).toBe('command')
    // A link that is laid later tells nothing either: what it leads to may change and nothing shows.
    rmSync(early)
    symlinkSync(join(top, 'outside'), early)
    const before = (await server(serverId)).commandHash
    writeFileSync(join(top, 'outside'), 'other words')
    expect((await server(serverId)).commandHash).toBe(before)
  } finally {
    vi.unstubAllEnvs()
    rmSync(top, { recursive: true })
  }
})

test.skipIf(why !== undefined)('a program that breaks says why, in its own last words', async () => {
  const files = { 'server.mjs': "throw new Error('no licence found')" }
  const serverId = await add('broken', { ...transport, files })
  await approveCommand(org, { serverId, hash: (await server(serverId)).commandHash ?? '' })
  await expect(tryServer(org, serverId, signal)).rejects.toThrow(/no licence found/)
  expect(await server(serverId)).toMatchObject({ state: 'unreachable' })
})

test('only owners and admins change servers, and only in person do they approve', async () => {
  const manager = await makeMember(org, 'manager')
  const serverId = await add('mine')
  const hash = (await server(serverId)).commandHash ?? ''
  await expect(changeServer(manager, { serverId, isOn: false })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(approveCommand(manager, { serverId, hash })).rejects.toMatchObject({ code: 'forbidden' })
  const { actor } = org
  if (actor.kind !== 'person') throw new Error('people make orgs')
  const byKey: OrgContext = {
    ...org,
    actor: { ...actor, key: { keyId: KeyId.parse('01a1ff23-be32-702f-83b6-814b1baf12ae'), permissions: null } },
  }
  await expect(approveCommand(byKey, { serverId, hash })).rejects.toThrow(/A key may not/)
})

test('what people said of a tool is forgotten where the server gets another address or command', async () => {
  const serverId = await add('told')
  const list = listOf([{ ...{ name: 'hello', title: null, description: '', inputSchema: {} }, claims }])
  const say = async () => {
    await inTransaction(org, async (tx) => {
      const row = await lockServer(tx, serverId)
      if (!row) throw new Error('no server')
      await updateServer(tx, { ...row, seen: { ...list, at: new Date().toISOString() } })
    })
    await setToolHints(org, {
      serverId,
      tool: 'hello',
      hints: { readOnly: true, idempotent: true, destructive: false },
    })
  }
  await say()
  await changeServer(org, { serverId, timeoutSeconds: 30 })
  expect(Object.keys((await server(serverId)).hints)).toEqual(['hello'])
  await changeServer(org, { serverId, transport: { ...transport, args: [...transport.args, '--more'] } })
  expect((await server(serverId)).hints).toEqual({})
  const http = (url: string, headers: Record<string, string> = {}) => ({ kind: 'http' as const, url, headers })
  await changeServer(org, { serverId, transport: http('https://one.example.com/mcp') })
  await say()
  await changeServer(org, { serverId, transport: http('https://one.example.com/mcp', { 'x-team': 'a' }) })
  expect(Object.keys((await server(serverId)).hints)).toEqual(['hello'])
  await changeServer(org, { serverId, transport: http('https://two.example.com/mcp') })
  expect((await server(serverId)).hints).toEqual({})
})

test('what is removed can be brought back as it was, but not beside another of its name', async () => {
  const serverId = await add('gone')
  await removeServer(org, serverId)
  expect((await listServers(org)).removed.map(({ name }) => name)).toContain('gone')
  const other = await add('gone')
  await expect(restoreServer(org, serverId)).rejects.toMatchObject({ code: 'conflict' })
  await removeServer(org, other)
  await restoreServer(org, serverId)
  expect((await server(serverId)).name).toBe('gone')
  const types = (await readLog(org)).flatMap(({ type, payload }) => (payload.serverId === serverId ? [type] : []))
  expect(types).toEqual(['mcp-server.added', 'mcp-server.removed', 'mcp-server.restored'])
  await expect(setToolHints(org, { serverId, tool: 'none', hints: null })).rejects.toMatchObject({ code: 'not-found' })
})
