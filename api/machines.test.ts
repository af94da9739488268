import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KeyId } from '#shared/kernel/ids.ts'
import { createKey, issueToken, revokeKey, revokeToken, rotateToken } from './features/keys/index.ts'
import type { OrgContext } from './kernel/actor.ts'
import { inTransaction, readRows } from './kernel/db.ts'
import { sql } from './kernel/sql.ts'
import { type Running, startDelegraph } from './main.ts'
import { type Answer, ask, type Question } from './testing/ask.ts'
import { makeMember, makeOrg, makeWorkspaces } from './testing/factories.ts'
import { openStreamClient } from './testing/stream-client.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'

let testDb: TestDb
let dataDir: string
let running: Running

beforeAll(async () => {
  testDb = await openTestDb()
  dataDir = mkdtempSync(join(tmpdir(), 'delegraph-machines-'))
  running = await startDelegraph({ dataDir, port: 0, host: '127.0.0.1', databaseUrl: testDb.adminUrl })
})
afterAll(async () => {
  await running.stop()
  await testDb.close()
  rmSync(dataDir, { recursive: true })
})

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const at = (path: string, question?: Question) => ask(`${running.url}${path}`, question)
const send = (path: string, token: string, body: unknown, headers: Record<string, string> = {}) =>
  at(path, {
    method: 'POST',
    headers: { ...bearer(token), 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
const read = (path: string, token: string, headers: Record<string, string> = {}) =>
  at(path, { headers: { ...bearer(token), ...headers } })
const call = (name: string, token: string, input: unknown) => send(`/api/trpc/${name}`, token, input)
const query = (name: string, token: string, input: unknown) =>
  read(`/api/trpc/${name}?input=${encodeURIComponent(JSON.stringify(input))}`, token)
const dataOf = (answer: Answer) => JSON.parse(answer.body).result.data
const errorOf = (answer: Answer) => JSON.parse(answer.body).error.data.appError

const machineKey = (org: OrgContext, given: Partial<Parameters<typeof createKey>[1]> = {}) =>
  createKey(org, { name: 'CI', holder: 'machine', role: 'member', ...given })

describe('a key of a machine', () => {
  test('acts in its org under its own name, without Origin, and what it did is told as its doing', async () => {
    const org = await makeOrg(testDb.db)
    const { Lead } = await makeWorkspaces(org, { Lead: {} })
    const { token, key } = await machineKey(org)
    expect(dataOf(await read('/api/trpc/orgs.list', token))).toMatchObject([{ id: org.orgId, role: 'member' }])
    const given = await call('delegations.create', token, { orgId: org.orgId, workspaceId: Lead, task: 'Say hello.' })
    expect(given.status).toBe(200)
    const [row] = await readRows(testDb.db, org.orgId, sql`select requester, requester_name as name from delegations`)
    expect(row).toEqual({ requester: { kind: 'key', keyId: key.id, name: 'CI' }, name: 'CI' })
    const told = await readRows(
      testDb.db,
      org.orgId,
      sql`select actor, origin from events where type = 'delegation.queued'`,
    )
    expect(told).toMatchObject([
      {
        actor: { kind: 'key', id: key.id },
        origin: { address: '127.0.0.1', proof: { kind: 'key', id: key.id }, requestId: expect.any(String) },
      },
    ])
  })

  test('attack 12: opens no other org, whose ids are as unknown as ids of nothing', async () => {
    const [org, other] = [await makeOrg(testDb.db), await makeOrg(testDb.db)]
    const { Lead } = await makeWorkspaces(other, { Lead: {} })
    const { token } = await machineKey(org, { role: 'admin' })
    const { key: foreign } = await machineKey(other)
    const nothing = '0199d0c0-0000-7000-8000-000000000000'
    const tries = [
      await query('orgs.get', token, { orgId: other.orgId }),
      await query('orgs.get', token, { orgId: nothing }),
      await read(`/events/${other.orgId}`, token),
      await read(`/api/orgs/${other.orgId}/audit`, token),
      await call('delegations.create', token, { orgId: other.orgId, workspaceId: Lead, task: 'Come here.' }),
      await call('delegations.create', token, { orgId: org.orgId, workspaceId: Lead, task: 'Come here.' }),
    ]
    expect(tries.map(({ status }) => status)).toEqual(tries.map(() => 404))
    // Keys of another org are neither revoked nor shown, whatever the role here.
    await expect(revokeKey(org, foreign.id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(issueToken(org, Lead ?? fail())).rejects.toMatchObject({ code: 'not-found' })
  })

  test('is limited to its role and to the permissions it names', async () => {
    const org = await makeOrg(testDb.db)
    const { Lead } = await makeWorkspaces(org, { Lead: {} })
    const give = (token: string) =>
      call('delegations.create', token, { orgId: org.orgId, workspaceId: Lead, task: 'Go.' })
    const viewer = await machineKey(org, { role: 'viewer' })
    expect((await give(viewer.token)).status).toBe(403)
    const narrow = await machineKey(org, { permissions: ['budgets.read'] })
    expect((await give(narrow.token)).status).toBe(403)
    expect((await query('budgets.list', narrow.token, { orgId: org.orgId })).status).toBe(200)
    expect((await read(`/events/${org.orgId}`, narrow.token)).status).toBe(403)
  })

  test('makes no keys, issues no tokens, restores no orgs, and is nobody beyond its org', async () => {
    const org = await makeOrg(testDb.db)
    const { Lead } = await makeWorkspaces(org, { Lead: {} })
    const { token, key } = await machineKey(org, { role: 'admin' })
    const mine = await createKey(org, { name: 'Mine', holder: 'me', role: 'admin' })
    for (const proof of [token, mine.token]) {
      const { orgId } = org
      const tries = [
        await call('keys.create', proof, { orgId, name: 'More', holder: 'machine', role: 'viewer' }),
        await call('keys.revoke', proof, { orgId, keyId: key.id }),
        await call('keys.issueToken', proof, { orgId, workspaceId: Lead }),
        await send('/api/snapshots/restore', proof, {}),
      ]
      expect(tries.map(({ status }) => status)).toEqual([403, 403, 403, 403])
    }
  })

  test('is over at once when it is revoked, and so are its streams', async () => {
    const org = await makeOrg(testDb.db)
    const { token, key } = await machineKey(org, { role: 'viewer' })
    const stream = openStreamClient(`${running.url}/events/${org.orgId}`, bearer(token))
    expect(await stream.opened).toBe(200)
    await revokeKey(org, key.id)
    const seen = []
    for (let event = await stream.next(); event; event = await stream.next()) seen.push(event.type)
    expect(seen).toEqual(['key.revoked'])
    expect((await read('/api/trpc/orgs.list', token)).status).toBe(401)
    expect((await read(`/events/${org.orgId}`, token)).status).toBe(401)
  })

  test('that never was, was revoked or has expired is refused in the same words', async () => {
    const org = await makeOrg(testDb.db)
    const [revoked, expired] = [await machineKey(org), await machineKey(org)]
    await revokeKey(org, revoked.key.id)
    await expire(org, expired.key.id)
    const wrong = expired.token.slice(0, -4).concat('AAAA')
    const answers = await Promise.all(
      [revoked.token, expired.token, wrong, 'dgk_nothing', 'x'.repeat(500)].map((token) =>
        read('/api/trpc/orgs.list', token),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401])
    expect(new Set(answers.map((answer) => errorOf(answer).message)).size).toBe(1)
  })

  test('attack 20: is kept as a hash, shown by its beginning, and written to no log', async () => {
    const org = await makeOrg(testDb.db)
    const { token, key } = await machineKey(org)
    expect(token.startsWith(`${key.shown}_`)).toBe(true)
    await read('/api/trpc/orgs.list', token)
    await read(`/api/trpc/${token}`, token)
    const rows = await testDb.asAdmin(`select k::text from api_keys k union all select e::text from events e`)
    expect(JSON.stringify(rows)).not.toContain(token.slice(13))
    await expect
      .poll(() => readRows(testDb.db, org.orgId, sql`select last_used_at is not null as used from api_keys`))
      .toEqual([{ used: true }])
    const log = readFileSync(join(dataDir, 'logs', 'server.log'), 'utf8')
    expect(log).toContain('/api/trpc/orgs.list')
    expect(log.includes(bearer(token).authorization)).toBe(false)
  })
})

describe("a person's own key", () => {
  test('acts as the person, with no more than the person may now, and ends when they leave', async () => {
    const owner = await makeOrg(testDb.db)
    const admin = await makeMember(owner, 'admin')
    const { token, key } = await createKey(admin, { name: 'Laptop', holder: 'me', role: 'admin' })
    const { orgId } = owner
    const change = (contactPolicy: string) => call('orgs.setContactPolicy', token, { orgId, contactPolicy })
    expect((await change('lineage')).status).toBe(200)
    const [told] = await readRows(
      testDb.db,
      orgId,
      sql`select actor, origin -> 'proof' as proof from events where type = 'org.contact-policy-changed'`,
    )
    if (admin.actor.kind !== 'person') throw new Error('a member is a person')
    const { userId } = admin.actor
    expect(told).toEqual({ actor: { kind: 'person', id: userId }, proof: { kind: 'key', id: key.id } })
    await inTransaction(owner, (tx) => tx.rows(sql`update members set role = 'viewer' where user_id = ${userId}`))
    expect((await change('direct')).status).toBe(403)
    expect(dataOf(await query('orgs.get', token, { orgId }))).toMatchObject({ role: 'viewer' })
    await inTransaction(owner, (tx) => tx.rows(sql`delete from members where user_id = ${userId}`))
    expect((await read('/api/trpc/orgs.list', token)).status).toBe(401)
  })
})

describe('requests with a key', () => {
  test('come from no other site and carry no second proof', async () => {
    const org = await makeOrg(testDb.db)
    const { token } = await machineKey(org, { role: 'admin' })
    const body = { orgId: org.orgId, contactPolicy: 'lineage' }
    const from: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]
    for (const headers of from) {
      const answer = await send('/api/trpc/orgs.setContactPolicy', token, body, headers)
      expect(answer.status, JSON.stringify(headers)).toBe(403)
    }
    for (const prefix of ['', 'theme=dark; ', '__Secure-', '__Host-']) {
      const both = await read('/api/trpc/orgs.list', token, { cookie: `${prefix}delegraph_0123abcd.session_token=x` })
      expect([both.status, errorOf(both).message]).toEqual([400, "The request carries a key and a session's cookie."])
    }
    const basic = { method: 'POST', headers: { authorization: 'Basic eDp5', 'content-type': 'application/json' } }
    expect((await at('/api/trpc/orgs.setContactPolicy', { ...basic, body: '{}' })).status).toBe(403)
  })
})

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
      requester: { kind: 'workspace', workspaceId: ids.Researcher, delegationId: null },
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
    const { token: admin } = await machineKey(org, { role: 'admin' })
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
    const { token: key } = await machineKey(org)
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

async function expire({ db, orgId, actor }: OrgContext, id: KeyId): Promise<void> {
  await inTransaction({ db, orgId, actor }, (tx) =>
    tx.rows(sql`update api_keys set expires_at = now() where org_id = ${orgId} and id = ${id}`),
  )
}

function fail(): never {
  throw new Error('not there')
}
