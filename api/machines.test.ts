import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KeyId } from '#shared/kernel/ids.ts'
import { createKey, issueToken, revokeKey } from './features/keys/index.ts'
import type { OrgContext } from './kernel/actor.ts'
import { inTransaction, readRows } from './kernel/db.ts'
import { sql } from './kernel/sql.ts'
import { type Running, startDelegraph } from './main.ts'
import { bearer, bearerClient, dataOf, errorOf } from './testing/bearer-client.ts'
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

const { at, send, read, call, query } = bearerClient(() => running.url)

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
async function expire({ db, orgId, actor }: OrgContext, id: KeyId): Promise<void> {
  await inTransaction({ db, orgId, actor }, (tx) =>
    tx.rows(sql`update api_keys set expires_at = now() where org_id = ${orgId} and id = ${id}`),
  )
}

function fail(): never {
  throw new Error('not there')
}
