import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Express } from 'express'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OrgId, SecretId } from '#shared/kernel/ids.ts'
import type { Role } from '#shared/orgs/contract.ts'
import { createOrg } from './features/orgs/index.ts'
import type { OrgContext } from './kernel/actor.ts'
import { inTransaction } from './kernel/db.ts'
import { type LiveDb, openLiveDb } from './kernel/events/live-db.ts'
import { createEventStream, type EventStream } from './kernel/events/stream.ts'
import { createCallers } from './kernel/http/callers.ts'
import { type Identity, openIdentity } from './kernel/identity/identity.ts'
import { sql } from './kernel/sql.ts'
import { createCaller } from './kernel/trpc.ts'
import { appRouter } from './router.ts'
import { createApp, listen } from './server.ts'
import { makeThings, type Things, unknownThings } from './testing/access/things.ts'
import { type Answer, ask } from './testing/ask.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'

type Door =
  /** Anybody may knock; what is behind it is nobody's. */
  | { for: 'anybody' }
  /** Who signed in; no key opens it. */
  | { for: 'a session' }
  /** Of one org, for people and keys from this role on. */
  | { for: Role; at: (things: Things) => string }
  | { for: 'an agent outside'; at: (things: Things) => string }

const orgDoor = (role: Role, at: (things: Things) => string): Door => ({ for: role, at })
const agentDoor = (path: string | ((things: Things) => string)): Door => ({
  for: 'an agent outside',
  at: (things) => `/api/agent${typeof path === 'string' ? path : path(things)}`,
})
const anybody: Door = { for: 'anybody' }
const session: Door = { for: 'a session' }

/** Every route that answers beside tRPC's, by the path it is registered with: a new one without its line fails. */
const doors: Readonly<Record<string, Door>> = {
  'GET /health': anybody,
  'GET /sandbox-frame': anybody,
  'GET /sandbox-preview': anybody,
  'GET /sandbox-settings': anybody,
  'GET /{*place}': anybody,
  'POST /sign-in': anybody,
  'POST /sign-out': anybody,
  'GET /account/sign-in-options': anybody,
  'POST /account/sign-in': anybody,
  'POST /account/second-factor': anybody,
  'POST /account/sign-up': anybody,
  'POST /account/passkey-challenge': anybody,
  'POST /account/passkey-sign-in': anybody,
  'POST /account/forgot-password': anybody,
  'POST /account/reset-password': anybody,
  'POST /account/oidc': anybody,
  'GET /sign-in/oidc': anybody,
  'GET /python/:name': anybody,
  'GET /account': session,
  'POST /account/name': session,
  'POST /account/email': session,
  'POST /account/password': session,
  'POST /account/backup-codes': session,
  'POST /account/second-factor/start': session,
  'POST /account/second-factor/confirm': session,
  'POST /account/second-factor/stop': session,
  'POST /account/passkeys/add': session,
  'POST /account/passkeys/challenge': session,
  'POST /account/passkeys/remove': session,
  'POST /account/passkeys/rename': session,
  'POST /account/sessions/end': session,
  'POST /account/sessions/end-others': session,
  'POST /invitations/look': anybody,
  'POST /invitations/accept': anybody,
  'POST /snapshots/restore': session,
  'GET /orgs/:orgId/audit': orgDoor('manager', ({ orgId }) => `/api/orgs/${orgId}/audit`),
  'GET /orgs/:orgId/snapshots/:snapshotId': orgDoor(
    'admin',
    ({ orgId, snapshotId }) => `/api/orgs/${orgId}/snapshots/${snapshotId}`,
  ),
  'GET /orgs/:orgId/export': orgDoor('manager', ({ orgId }) => `/api/orgs/${orgId}/export`),
  'POST /orgs/:orgId/imports': orgDoor('admin', ({ orgId }) => `/api/orgs/${orgId}/imports`),
  'GET /orgs/:orgId/attachments/:attachmentId': orgDoor(
    'viewer',
    ({ orgId, attachmentId }) => `/api/orgs/${orgId}/attachments/${attachmentId}`,
  ),
  'GET /events/:orgId': orgDoor('viewer', ({ orgId }) => `/events/${orgId}?after=0`),
  'GET /me': agentDoor('/me'),
  'GET /state': agentDoor('/state'),
  'GET /peers': agentDoor('/peers'),
  'POST /check-access': agentDoor('/check-access'),
  'GET /tools': agentDoor('/tools'),
  'POST /tools/:name': agentDoor('/tools/list_peers'),
  'POST /delegations': agentDoor('/delegations'),
  'GET /secrets': agentDoor('/secrets'),
  'GET /delegations/:id': agentDoor(({ delegationId }) => `/delegations/${delegationId}`),
}

let testDb: TestDb
let live: LiveDb
let identity: Identity
let stream: EventStream
let app: Express
let server: Awaited<ReturnType<typeof listen>>
let url: string
let dataDir: string
let mine: Things
let theirs: Things
type Proof = Readonly<Record<string, string>>
const proofs = new Map<string, Proof>()

beforeAll(async () => {
  testDb = await openTestDb()
  dataDir = mkdtempSync(join(tmpdir(), 'delegraph-doors-'))
  live = openLiveDb(testDb.appUrl, () => {})
  identity = await openIdentity({ authUrl: testDb.authUrl, dataDir })
  const log = pino({ enabled: false })
  const onError = () => {}
  const callers = createCallers({ db: live.db, identity, onError })
  stream = createEventStream({ ...live, whoAsks: callers.whoAsks, onError })
  app = createApp({ db: live.db, identity, callers, stream, log, onSignIn: () => {} })
  server = await listen(0, '127.0.0.1')
  server.serve(app)
  url = `http://127.0.0.1:${server.port}`

  const owner = await makePerson('Olga')
  const stranger = await makePerson('Sven')
  // Things are made where secrets can be sealed.
  const org = await createOrg(testDb.db, { name: 'Mine', owner: owner.user, contactPolicy: 'direct' })
  const other = await createOrg(testDb.db, { name: 'Theirs', owner: stranger.user, contactPolicy: 'direct' })
  mine = await makeThings(org)
  theirs = await makeThings(other)
  proofs.set('owner', owner.proof).set('owner of another org', stranger.proof)
  for (const role of ['viewer', 'member', 'manager', 'admin'] as const) {
    const { user, proof } = await makePerson(role)
    await inTransaction(org, (tx) =>
      tx.rows(sql`insert into members (org_id, user_id, role) values (${tx.orgId}, ${user.id}, ${role})`),
    )
    proofs.set(role, proof)
    proofs.set(`key of ${role}`, bearer((await keyOf(org, role)).token))
  }
  proofs.set('key of another org', bearer((await keyOf(other, 'admin')).token))
  const revoked = await keyOf(org, 'admin')
  await routerAs(org).keys.revoke({ orgId: org.orgId, keyId: revoked.key.id })
  proofs.set('revoked key', bearer(revoked.token)).set('no key at all', bearer(`dgk_${'a'.repeat(43)}`))
  proofs.set('agent outside', bearer(mine.token)).set('nobody', { origin: url })
  proofs.set('agent outside of another org', bearer(theirs.token))
}, 60_000)
afterAll(async () => {
  stream.closeAll()
  server.server.close()
  server.server.closeAllConnections()
  await identity.stop()
  await live.stop()
  await testDb.close()
  rmSync(dataDir, { recursive: true })
})

const bearer = (token: string): Proof => ({ authorization: `Bearer ${token}` })

async function makePerson(name: string) {
  const email = `${randomUUID()}@example.com`
  const user = await identity.createPerson({ name, email, password: 'a long enough password' })
  const cookies = await identity.openSession(user.id, { host: new URL(url).host })
  return { user, proof: { cookie: cookies.map((each) => each.split(';')[0]).join('; '), origin: url } }
}

function routerAs({ db, actor }: OrgContext) {
  return createCaller(appRouter)({ db, user: actor.kind === 'person' ? { id: actor.userId, name: actor.name } : null })
}

async function keyOf(org: OrgContext, role: 'viewer' | 'member' | 'manager' | 'admin') {
  return await routerAs(org).keys.create({ orgId: org.orgId, name: role, holder: 'machine', role })
}

const knock = (method: string, path: string, who: string, body?: string) =>
  ask(`${url}${path}`, {
    ...{ method, headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...proofs.get(who) } },
    ...(body !== undefined && { body }),
  })

function wordsOf({ body }: Answer): string {
  const found = /"message":"((?:[^"\\]|\\.)*)"/.exec(body)
  return found?.[1] ?? ''
}

type Layer = { route?: { path: unknown; stack: readonly { method?: string }[] } | undefined; handle?: unknown }

function routesOf(layers: readonly Layer[]): string[] {
  return layers.flatMap(({ route, handle }) => {
    if (route) return route.stack.flatMap(({ method }) => (method ? [`${method.toUpperCase()} ${route.path}`] : []))
    const inner: unknown = typeof handle === 'function' && 'stack' in handle ? handle.stack : undefined
    return Array.isArray(inner) ? routesOf(inner) : []
  })
}

const ranks: readonly Role[] = ['viewer', 'member', 'manager', 'admin', 'owner']
const entries = Object.entries(doors).map(([name, door]) => ({ method: name.split(' ')[0] ?? '', name, door }))

test('every route is known here, with whom it is for', () => {
  const routes = [...new Set(routesOf(app.router.stack))]
  expect(routes.filter((route) => !(route in doors)).sort()).toEqual([])
  expect(Object.keys(doors).filter((door) => !routes.includes(door))).toEqual([])
})

describe('what belongs to an org', () => {
  const ofOrgs = entries.flatMap(({ door, ...entry }) =>
    'at' in door && door.for !== 'an agent outside' ? [{ ...entry, role: door.for, at: door.at }] : [],
  )
  test.each(ofOrgs)('$name opens from $role on, and is not there for everybody else', async ({ method, role, at }) => {
    const isAllowed = (one: Role) => ranks.indexOf(one) >= ranks.indexOf(role)
    const nowhere = { ...unknownThings(mine), orgId: OrgId.parse(randomUUID()) }
    for (const one of ranks) {
      expect((await knock(method, at(mine), one)).status, one).toBe(isAllowed(one) ? 200 : 403)
      expect((await knock(method, at(theirs), one)).status, `${one}, another org`).toBe(404)
      if (one === 'owner') continue
      expect((await knock(method, at(mine), `key of ${one}`)).status, `key of ${one}`).toBe(isAllowed(one) ? 200 : 403)
      expect((await knock(method, at(theirs), `key of ${one}`)).status, `key of ${one}, another org`).toBe(404)
    }
    for (const who of ['owner of another org', 'key of another org']) {
      const [there, none] = [await knock(method, at(mine), who), await knock(method, at(nowhere), who)]
      expect([there.status, none.status], who).toEqual([404, 404])
      expect(wordsOf(there), who).toBe(wordsOf(none))
    }
    const own = at({ ...unknownThings(mine), orgId: mine.orgId })
    const foreign = at({ ...theirs, orgId: mine.orgId })
    const [unknown, strange] = [await knock(method, own, 'owner'), await knock(method, foreign, 'owner')]
    expect([strange.status, wordsOf(strange)]).toEqual([unknown.status, wordsOf(unknown)])
    const malformed = at(mine).replace(mine.orgId, 'not-an-id')
    expect((await knock(method, malformed, 'owner')).status).toBe(404)
    await expectClosed(method, at(mine))
    expect((await knock(method, at(mine), 'agent outside')).status).toBe(403)
  })
})

/** To whoever has no proof that holds: the same words whether a key never was, or was revoked. */
async function expectClosed(method: string, path: string): Promise<void> {
  expect((await knock(method, path, 'nobody')).status).toBe(401)
  const [revoked, unknown] = [await knock(method, path, 'revoked key'), await knock(method, path, 'no key at all')]
  expect([revoked.status, unknown.status]).toEqual([401, 401])
  expect(wordsOf(revoked)).toBe(wordsOf(unknown))
}

describe('what is for agents outside', () => {
  const ofAgents = entries.flatMap(({ door, ...entry }) =>
    door.for === 'an agent outside' ? [{ ...entry, ...door }] : [],
  )
  test.each(ofAgents)('$name opens to their token alone, before a byte of the body is read', async ({ method, at }) => {
    const body = method === 'POST' ? '{ this is no JSON' : undefined
    const status = async (who: string) => (await knock(method, at(mine), who, body)).status
    expect(await status('nobody')).toBe(401)
    expect(await status('revoked key')).toBe(403)
    expect(await status('key of admin')).toBe(403)
    expect([401, 403]).toContain(await status('owner'))
    expect((await knock(method, at(theirs), 'agent outside', body)).body).not.toContain(theirs.orgId)
  })
})

describe('what is for who signed in', () => {
  const ofSessions = entries.filter(({ door }) => door.for === 'a session')
  test.each(ofSessions)('$name opens to no key and to nobody else', async ({ method, name }) => {
    const path = `/api${name.split(' ')[1]}`
    const body = method === 'POST' ? '{ this is no JSON' : undefined
    for (const who of ['nobody', 'revoked key', 'key of admin', 'agent outside']) {
      expect([401, 403], who).toContain((await knock(method, path, who, body)).status)
    }
  })
})

test('every procedure asks who it is before it looks at what is sent', async () => {
  const wrong: string[] = []
  for (const [path, procedure] of Object.entries(appRouter._def.procedures)) {
    const def: unknown = '_def' in procedure ? procedure._def : undefined
    const isMutation = typeof def === 'object' && def !== null && 'type' in def && def.type === 'mutation'
    const method = isMutation ? 'POST' : 'GET'
    const body = isMutation ? '{ this is no JSON' : undefined
    const at = `/api/trpc/${path}${isMutation ? '' : '?input=%7B'}`
    const wanted = { nobody: 401, 'revoked key': 401, 'no key at all': 401, 'agent outside': 403 }
    for (const [who, status] of Object.entries(wanted)) {
      const answer = await knock(method, at, who, body)
      if (answer.status !== status) wrong.push(`${path} as ${who}: ${answer.status} ${wordsOf(answer)}`)
    }
  }
  expect(wrong).toEqual([])
}, 30_000)

test('an id of a secret of another org is as unknown over the wire as any other', async () => {
  const input = (secretId: string) =>
    `/api/trpc/secrets.usage?input=${encodeURIComponent(JSON.stringify({ orgId: mine.orgId, secretId }))}`
  const [theirsOne, none] = [
    await knock('GET', input(theirs.secretId), 'owner'),
    await knock('GET', input(SecretId.parse(randomUUID())), 'owner'),
  ]
  expect([theirsOne.status, theirsOne.body]).toEqual([404, none.body])
})
