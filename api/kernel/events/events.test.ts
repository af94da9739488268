import { createServer, request, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import express from 'express'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { OrgEvent } from '#shared/org-event.ts'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openStreamClient, type StreamClient } from '../../testing/stream-client.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import type { OrgContext } from '../actor.ts'
import { inTransaction } from '../db.ts'
import { openDb } from '../pool.ts'
import { sql } from '../sql.ts'
import { type LiveDb, openLiveDb } from './live-db.ts'
import { createEventStream, type EventStream, type Listener } from './stream.ts'

let testDb: TestDb
let live: LiveDb
let server: Server
let stream: EventStream
let origin: string
const errors: unknown[] = []
/** Who is signed in, by the value of a header that stands in for the cookie. */
const sessions = new Map<string, Listener>()

beforeAll(async () => {
  testDb = await openTestDb()
  live = openLiveDb(testDb.appUrl, (error) => errors.push(error))
  stream = createEventStream({
    db: live.db,
    tail: live.tail,
    words: live.words,
    asides: live.asides,
    whoAsks: async (req) => sessions.get(req.get('x-session') ?? '') ?? { user: null, sessionId: null },
    onError: (error) => errors.push(error),
    bufferBytes: 256 * 1024,
    heartbeatMs: 100,
    recheckMs: 50,
  })
  const app = express().get('/events/:orgId', stream.handler)
  server = createServer(app).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
afterAll(async () => {
  stream.closeAll()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await live.stop()
  await testDb.close()
  expect(errors).toEqual([])
})

async function signedInOrg(): Promise<{ org: OrgContext; session: string }> {
  const org = await makeOrg(live.db)
  if (org.actor.kind !== 'person') throw new Error('an org is made by a person')
  const session = `session-${org.orgId}`
  sessions.set(session, { user: { id: org.actor.userId, name: org.actor.name }, sessionId: session })
  return { org, session }
}

const listen = (org: OrgContext, session: string, after: number): StreamClient =>
  openStreamClient(`${origin}/events/${org.orgId}`, { 'x-session': session }, after)

const tell = (org: OrgContext, times = 1) =>
  inTransaction(org, async (tx) => {
    for (let time = 0; time < times; time++) {
      tx.tell({ type: 'org.contact-policy-changed', payload: { contactPolicy: 'direct' } })
    }
  })

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

test('eight writers, readers that are killed, come back and lag: nothing lost, doubled or reordered', async () => {
  const { org, session } = await signedInOrg()
  const writers = 8
  const writes = 60
  const last = 1 + writers * writes * 2
  let isWriting = true
  const reader = async (livesForMs: number, lagMs: number) => {
    const seen: number[] = []
    while ((seen.at(-1) ?? 0) < last) {
      const client = listen(org, session, seen.at(-1) ?? 0)
      const until = isWriting ? Date.now() + livesForMs : Number.POSITIVE_INFINITY
      while (Date.now() < until && (seen.at(-1) ?? 0) < last) {
        const event = await client.next(livesForMs)
        if (!event) break
        seen.push(event.seq)
        if (lagMs > 0) await pause(lagMs)
      }
      client.kill()
    }
    return seen
  }
  const writer = async () => {
    for (let write = 0; write < writes; write++) {
      await tell(org, 1 + (write % 3))
      // A rolled back transaction takes no number.
      if (write % 7 === 0) await inTransaction(org, () => Promise.reject(new Error('no'))).catch(() => {})
    }
  }
  const readers = [reader(30, 0), reader(80, 0), reader(200, 1), reader(1_000, 0)]
  await Promise.all(Array.from({ length: writers }, writer))
  isWriting = false
  for (const seen of await Promise.all(readers)) expect(seen).toEqual(upTo(last))
})

test('an event arrives whole and typed, with its id as Last-Event-ID', async () => {
  const { org, session } = await signedInOrg()
  const client = listen(org, session, 1)
  const { Lead: lead } = await makeWorkspaces({ ...org, db: live.db }, { Lead: {} })
  const event = OrgEvent.parse(await client.next())
  expect(event).toMatchObject({
    seq: 2,
    orgId: org.orgId,
    type: 'workspace.created',
    actor: { kind: 'person' },
    payload: { workspaceId: lead, parentId: null, name: 'Lead' },
  })
  client.kill()
})

test('without a place to begin, a stream begins now', async () => {
  const { org, session } = await signedInOrg()
  await tell(org, 5)
  const client = openStreamClient(`${origin}/events/${org.orgId}`, { 'x-session': session })
  await client.opened
  await tell(org)
  expect((await client.next())?.seq).toBe(7)
  client.kill()
})

test('a stream says at once that it is open, and then that it lives, as often as it said', async () => {
  const { org, session } = await signedInOrg()
  const client = listen(org, session, 1)
  await vi.waitUntil(() => client.beats.length >= 3)
  expect(new Set(client.beats)).toEqual(new Set([100]))
  client.kill()
})

describe('notifications are only hints', () => {
  test('events written by a node that never notifies arrive by the look', async () => {
    const { org, session } = await signedInOrg()
    const client = listen(org, session, 1)
    await client.opened
    const mute = openDb({ connectionString: testDb.appUrl, max: 1 })
    await tell({ ...org, db: mute }, 3)
    expect(await client.take(3)).toEqual([2, 3, 4])
    client.kill()
    await mute.pool.end()
  })

  test('a killed LISTEN connection comes back', async () => {
    const { org, session } = await signedInOrg()
    const client = listen(org, session, 1)
    await client.opened
    const admin = new pg.Client(testDb.adminUrl)
    await admin.connect()
    const listeners = `from pg_stat_activity where application_name = 'delegraph-events' and datname = current_database()`
    await admin.query(`select pg_terminate_backend(pid) ${listeners}`)
    await tell(org)
    expect(await client.take(1)).toEqual([2])
    await expect
      .poll(
        async () =>
          (
            await admin.query(
              `select from pg_stat_activity where query = 'listen org_events' and datname = current_database()`,
            )
          ).rowCount,
      )
      .toBe(1)
    await tell(org)
    expect(await client.take(1)).toEqual([3])
    await admin.end()
    client.kill()
  })
})

test('a client that does not read is cut off, and gets everything when it comes back', async () => {
  const { org, session } = await signedInOrg()
  const { promise: connected, resolve: connect } = Promise.withResolvers<Socket>()
  server.once('connection', connect)
  const stuck = request(`${origin}/events/${org.orgId}?after=1`, { headers: { 'x-session': session }, agent: false })
  stuck.on('response', (response) => response.on('error', () => {}).pause()).on('error', () => {})
  stuck.end()
  const socket = await connected
  const { Lead: lead } = await makeWorkspaces(org, { Lead: {} })
  if (!lead) throw new Error('no workspace')
  const positions = Array.from({ length: 50 }, () => ({ workspaceId: lead, position: { x: 1, y: 2 } }))
  const payload = { positions }
  let written = 2
  // Until the buffers of the operating system are full too.
  for (; !socket.destroyed && written < 10_000; written += 200) {
    await inTransaction({ ...org, db: live.db }, async (tx) => {
      for (let time = 0; time < 200; time++) tx.tell({ type: 'workspace.placed', payload })
    })
  }
  expect(socket.destroyed).toBe(true)
  stuck.destroy()
  const back = listen(org, session, 1)
  expect(await back.take(written - 1)).toEqual(upTo(written).slice(1))
  back.kill()
})

describe('who may listen', () => {
  test('no session is 401, another org is 404, nonsense is refused, all as JSON', async () => {
    const { org, session } = await signedInOrg()
    const other = await makeOrg(live.db)
    const status = async (path: string, headers: Record<string, string>) =>
      (await fetch(`${origin}/events/${path}`, { headers })).status
    expect(await status(org.orgId, {})).toBeGreaterThanOrEqual(400)
    expect(await status(other.orgId, { 'x-session': session })).toBeGreaterThanOrEqual(400)
    expect(await status(`${org.orgId}?after=-1`, { 'x-session': session })).toBeGreaterThanOrEqual(400)
  })

  test('a signed-out session loses its stream at once', async () => {
    const { org, session } = await signedInOrg()
    const client = listen(org, session, 1)
    await client.opened
    stream.closeSession(session)
    expect(await client.next()).toBeUndefined()
  })

  test('a session revoked elsewhere, and a membership taken away, end the stream at the next check', async () => {
    const first = await signedInOrg()
    const revoked = listen(first.org, first.session, 1)
    await revoked.opened
    sessions.delete(first.session)
    expect(await revoked.next()).toBeUndefined()

    const second = await signedInOrg()
    const removed = listen(second.org, second.session, 1)
    await removed.opened
    await inTransaction(second.org, (tx) => tx.rows(sql`delete from members`))
    expect(await removed.next()).toBeUndefined()
  })
})
