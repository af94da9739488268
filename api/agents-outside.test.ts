import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createKey, issueToken, revokeToken, rotateToken } from './features/keys/index.ts'
import { inTransaction, readRows } from './kernel/db.ts'
import { sql } from './kernel/sql.ts'
import { type Running, startDelegraph } from './main.ts'
import { bearerClient } from './testing/bearer-client.ts'
import { makeMember, makeOrg, makeWorkspaces } from './testing/factories.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'

let testDb: TestDb
let dataDir: string
let running: Running

beforeAll(async () => {
  testDb = await openTestDb()
  dataDir = mkdtempSync(join(tmpdir(), 'delegraph-agents-'))
  running = await startDelegraph({ dataDir, port: 0, host: '127.0.0.1', databaseUrl: testDb.adminUrl })
})
afterAll(async () => {
  await running.stop()
  await testDb.close()
  rmSync(dataDir, { recursive: true })
})

const { at, send, read, call, query } = bearerClient(() => running.url)

describe("an agent's token", () => {
  async function company() {
    const org = await makeOrg(testDb.db)
    const ids = await makeWorkspaces(org, { Lead: { Researcher: {}, Writer: {} }, Other: { Far: {} } })
    const me = ids.Researcher ?? fail()
    const { token } = await issueToken(org, me)
    return { org, ids, me, token }
  }

  test('lets the agent see itself, its peers, and whom it may talk to and why', async () => {
    const { org, ids, token } = await company()
    expect(JSON.parse((await read('/api/agent/me', token)).body)).toMatchObject({
      ...{ workspace_id: ids.Researcher, org_id: org.orgId, name: 'Researcher', parent_id: ids.Lead },
      ...{ status: 'online', paused: false, deleted_at: null, pending_events: [] },
    })
    const { peers } = JSON.parse((await read('/api/agent/peers', token)).body)
    expect(peers).toMatchObject([
      { name: 'Lead', relation: 'parent' },
      { name: 'Writer', relation: 'sibling' },
    ])
    const access = async (target_id: unknown, more = {}) =>
      send('/api/agent/check-access', token, { target_id, ...more })
    expect(JSON.parse((await access(ids.Writer)).body)).toMatchObject({ allowed: true, relation: 'sibling' })
    expect(JSON.parse((await access(ids.Far)).body)).toMatchObject({ allowed: false, relation: null })
    const other = await company()
    expect(JSON.parse((await access(other.ids.Writer)).body)).toMatchObject({
      allowed: false,
      reason: 'There is no such workspace in this organisation.',
    })
    expect((await access('nonsense')).status).toBe(400)
  })

  test('hears of each event of its workspace exactly once, by a cursor', async () => {
    const { org, ids, me, token } = await company()
    const state = async (cursor?: string) =>
      JSON.parse((await read(`/api/agent/state${cursor ? `?cursor=${cursor}` : ''}`, token)).body)
    const first = await state()
    expect(first.pending_events).toEqual([])
    await inTransaction(org, async (tx) => {
      tx.tell({ type: 'workspace.frozen', payload: { workspaceId: ids.Far ?? fail() } })
      for (let n = 0; n < 130; n++) tx.tell({ type: 'workspace.frozen', payload: { workspaceId: me } })
    })
    const second = await state(first.cursor)
    const third = await state(second.cursor)
    expect([second.pending_events.length, second.has_more, third.pending_events.length]).toEqual([100, true, 30])
    const seen = [...second.pending_events, ...third.pending_events].map((event) => event.seq)
    expect(new Set(seen).size).toBe(130)
    expect((await state(third.cursor)).pending_events).toEqual([])
    expect((await read('/api/agent/state?cursor=x', token)).status).toBe(400)
  })

  test('gives peers work as its workspace, once for one idempotency key, and reads what became of it', async () => {
    const { org, ids, token } = await company()
    const give = (target: string | undefined, more = {}) =>
      send('/api/agent/delegations', token, { target_id: target, task: 'Write.', ...more })
    const given = await give(ids.Writer, { idempotency_key: 'one' })
    expect([given.status, JSON.parse(given.body)]).toEqual([
      202,
      { delegation_id: expect.any(String), status: 'delegated', target_id: ids.Writer, idempotent_hit: false },
    ])
    const id = JSON.parse(given.body).delegation_id
    const again = JSON.parse((await give(ids.Writer, { idempotency_key: 'one' })).body)
    expect(again).toMatchObject({ delegation_id: id, idempotent_hit: true })
    const [row] = await readRows(
      testDb.db,
      org.orgId,
      sql`select requester, from_workspace_id as from from delegations`,
    )
    expect(row).toEqual({
      requester: {
        kind: 'workspace',
        workspaceId: ids.Researcher,
        delegationId: null,
        onBehalfOf: [org.actor.kind === 'person' && org.actor.userId],
      },
      from: ids.Researcher,
    })
    expect(JSON.parse((await read(`/api/agent/delegations/${id}`, token)).body)).toMatchObject({
      delegation_id: id,
      target_name: 'Writer',
    })
    const refused = [
      await give(ids.Far),
      await give(ids.Researcher),
      await give('nonsense'),
      await give(ids.Writer, { budget: 5 }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([403, 400, 400, 400])
    const other = await company()
    expect((await read(`/api/agent/delegations/${id}`, other.token)).status).toBe(404)
  })

  test('calls the tools that need no work in hand, and no others; the log keeps who called what', async () => {
    const { org, me, token } = await company()
    const { tools } = JSON.parse((await read('/api/agent/tools', token)).body)
    expect(tools.map((tool: { name: string }) => tool.name)).toContain('remember')
    const kept = await send('/api/agent/tools/remember', token, { text: 'The sky is blue.' })
    expect([kept.status, JSON.parse(JSON.parse(kept.body).text).scope]).toEqual([200, 'LOCAL'])
    const [called] = await readRows(
      testDb.db,
      org.orgId,
      sql`select actor ->> 'id' as who, payload, origin -> 'proof' as proof from events where type = 'agent.called'`,
    )
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/)
    expect(called).toMatchObject({
      who: me,
      payload: { workspaceId: me, tool: 'remember', argsSha256: hash, resultSha256: hash },
      proof: { kind: 'token' },
    })
    const found = await send('/api/agent/tools/recall', token, { query: 'sky' })
    expect(JSON.parse(found.body).text).toContain('The sky is blue.')
    const tries = [
      await send('/api/agent/tools/remember', token, { text: 'All must know.', scope: 'GLOBAL' }),
      await send('/api/agent/tools/delegate_task', token, { workspace: 'Writer', task: 'Write.' }),
      await send('/api/agent/tools/create_plan', token, { items: [] }),
      await send('/api/agent/tools/remember', token, {}),
    ]
    expect(tries.map(({ status }) => status)).toEqual([403, 404, 404, 400])
  })

  test('is given the values of the keys its workspace declares, and of no others', async () => {
    const org = await makeOrg(testDb.db)
    const { Coder } = await makeWorkspaces(org, { Coder: {} }, { Coder: { required_env: ['GITHUB_TOKEN'] } })
    const { token: admin } = await createKey(org, { name: 'CI', holder: 'machine', role: 'admin' })
    for (const [name, value] of [
      ['GITHUB_TOKEN', 'ghp_0123456789abcdef'],
      ['STRIPE_KEY', 'sk_0123456789abcdef'],
    ]) {
      const set = await call('secrets.set', admin, { orgId: org.orgId, workspaceId: null, name, value })
      expect([set.status, set.body.includes(value ?? '')]).toEqual([200, false])
    }
    const { token } = await issueToken(org, Coder ?? fail())
    const given = await read('/api/agent/secrets', token)
    expect(JSON.parse(given.body)).toEqual({ secrets: { GITHUB_TOKEN: 'ghp_0123456789abcdef' } })
    expect(given.headers['cache-control']).toBe('no-store')
    expect((await read('/api/agent/secrets', admin)).status).toBe(403)
    expect((await query('secrets.list', admin, { orgId: org.orgId })).body).not.toContain('0123456789')
  })

  test('attack 15: changes nothing of itself: not its config, prompt, files, budget, tools, parent, approvals or tokens', async () => {
    const { org, ids, token } = await company()
    const { orgId } = org
    const calls = [
      ['files.save', { orgId, workspaceId: ids.Researcher, path: 'config.yaml', text: 'tier: 4', baseVersion: 1 }],
      ['workspaces.delete', { orgId, workspaceId: ids.Researcher }],
      ['moves.move', { orgId, workspaceIds: [ids.Researcher], parentId: null }],
      ['budgets.set', { orgId, workspaceId: ids.Researcher, scope: 'workspace', limit: 1 }],
      ['approvals.setRule', { orgId }],
      ['keys.issueToken', { orgId, workspaceId: ids.Researcher }],
      ['keys.rotateToken', { orgId, workspaceId: ids.Researcher }],
      ['orgs.list', undefined],
    ] as const
    for (const [name, input] of calls) expect((await call(name, token, input)).status, name).toBe(403)
    expect((await read(`/events/${orgId}`, token)).status).toBe(403)
    expect((await read(`/api/orgs/${orgId}/audit`, token)).status).toBe(403)
    for (const path of ['config', 'files', 'prompt', 'budget', 'token', 'me', 'approvals']) {
      expect((await send(`/api/agent/${path}`, token, { tier: 4 })).status, path).toBe(404)
    }
    const { token: key } = await createKey(org, { name: 'CI', holder: 'machine', role: 'member' })
    expect((await read('/api/agent/me', key)).status).toBe(403)
  })

  test('attack 23: speaks for its own workspace only, and for nothing of ours', async () => {
    const { ids, token } = await company()
    const as = (id: string | undefined) => read('/api/agent/peers', token, { 'x-workspace-id': id ?? '' })
    expect((await as(ids.Researcher)).status).toBe(200)
    expect((await as(ids.Writer)).status).toBe(401)
    for (const name of ['system:engine', 'webhook:x', 'test:x', 'channel:slack', 'SYSTEM:x']) {
      expect((await as(name)).status, name).toBe(403)
      const body = { caller_id: name, target_id: ids.Writer }
      expect((await send('/api/agent/check-access', token, body)).status, name).toBe(403)
    }
    const body = { caller_id: ids.Writer, target_id: ids.Lead }
    expect((await send('/api/agent/check-access', token, body)).status).toBe(401)
    expect((await at('/api/agent/me')).status).toBe(401)
  })

  test('rotates with a time in which both work, and ends at once when it is revoked', async () => {
    const { org, me: workspaceId, token } = await company()
    const works = async (one: string) => (await read('/api/agent/state', one)).status
    await expect(issueToken(org, workspaceId)).rejects.toMatchObject({ code: 'conflict' })
    const second = await rotateToken(org, { workspaceId, graceHours: 1 })
    expect([await works(token), await works(second.token)]).toEqual([200, 200])
    const third = await rotateToken(org, { workspaceId, graceHours: 0 })
    expect([await works(token), await works(second.token), await works(third.token)]).toEqual([401, 401, 200])
    await revokeToken(org, third.agentToken.id)
    expect(await works(third.token)).toBe(401)
    const member = await makeMember(org, 'member')
    await expect(issueToken(member, workspaceId)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('is told when its workspace is paused, frozen or removed, and then changes nothing', async () => {
    const { me, token } = await company()
    const keep = () => send('/api/agent/tools/remember', token, { text: 'Something.' })
    const set = (what: 'paused_at' | 'frozen_at' | 'deleted_at') => {
      const times = ['paused_at', 'frozen_at', 'deleted_at'].map((one) => `${one} = ${one === what ? 'now()' : 'null'}`)
      return testDb.asAdmin(`update workspaces set ${times.join()} where id = '${me}'`)
    }
    await set('paused_at')
    expect([(await keep()).status, JSON.parse((await read('/api/agent/me', token)).body).paused]).toEqual([409, true])
    await set('frozen_at')
    expect((await keep()).status).toBe(403)
    await set('deleted_at')
    const { status, deleted_at } = JSON.parse((await read('/api/agent/me', token)).body)
    expect([status, typeof deleted_at, (await keep()).status]).toEqual(['removed', 'string', 404])
  })
})
function fail(): never {
  throw new Error('not there')
}
