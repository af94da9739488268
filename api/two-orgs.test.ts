import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { callTRPCProcedure } from '@trpc/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { exportLog } from './features/audit/index.ts'
import { delegate } from './features/delegations/index.ts'
import { openSnapshot } from './features/snapshots/list-snapshots.ts'
import type { OrgContext } from './kernel/actor.ts'
import { readFrames } from './kernel/events/log.ts'
import { createCaller } from './kernel/trpc.ts'
import { appRouter } from './router.ts'
import { calls } from './testing/access/calls.ts'
import { makeThings, type Things } from './testing/access/things.ts'
import { untilState } from './testing/engine.ts'
import { makeOrg, makeWorkspaces } from './testing/factories.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'
import { startWorker, type Worker } from './worker.ts'

const agents = 50
let testDb: TestDb
let workers: Worker[]
let [alpha, beta]: [Side | undefined, Side | undefined] = [undefined, undefined]

/** One org, all whose names and words carry its mark. */
type Side = { context: OrgContext; mark: string; things: Things; ids: WorkspaceId[] }

beforeAll(async () => {
  testDb = await openTestDb()
  const sides = await Promise.all([makeSide('ALPHA-7c1'), makeSide('BETA-9d4')])
  ;[alpha, beta] = sides
  workers = [startWorker({ db: testDb.db }), startWorker({ db: testDb.db })]
  // Both at once, every agent of each.
  await Promise.all(sides.map(runAll))
  await Promise.all(workers.map((worker) => worker.stop()))
}, 90_000)
afterAll(() => testDb.close())

async function makeSide(mark: string): Promise<Side> {
  const context = await makeOrg(testDb.db, { name: `Org ${mark}` })
  const names = Array.from({ length: agents }, (_, index) => [`${mark} agent ${index}`, {}])
  const ids = await makeWorkspaces(context, { [`${mark} head`]: Object.fromEntries(names) })
  return { context, mark, things: await makeThings(context), ids: Object.values(ids) }
}

async function runAll({ context, mark, ids }: Side): Promise<void> {
  const work = await Promise.all(
    ids
      .slice(1)
      .map((workspaceId, index) => delegate(context, { workspaceId, task: `Sum up ${mark} number ${index}` })),
  )
  for (const { delegationId } of work) {
    const { state, reason } = await untilState(context, delegationId, undefined, 60_000)
    if (state !== 'completed') throw new Error(`${state}: ${reason}`)
  }
}

function sidesOf(): [Side, Side] {
  if (!alpha || !beta) throw new Error('the orgs were not made')
  return [alpha, beta]
}

/** Everything that would give one org away in the other's hands. */
const tracesOf = ({ mark, things, ids }: Side): string[] => [mark, ...Object.values(things), ...ids]

function found(contents: string, side: Side): string[] {
  return tracesOf(side).filter((trace) => contents.includes(trace))
}

test('no row of one holds a word or an id of the other, in any table', async () => {
  const tables = await testDb.asAdmin(`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id'
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`)
  expect(tables.length).toBeGreaterThan(20)
  const [one, other] = sidesOf()
  for (const [mine, theirs] of [
    [one, other],
    [other, one],
  ] as const) {
    const traces = tracesOf(theirs).map((trace) => `'${trace}'`)
    for (const { name } of tables) {
      const rows = await testDb.asAdmin(`
        select count(*)::int as strays from "${name}" t
         where t.org_id = '${mine.context.orgId}'
           and exists (select from unnest(array[${traces.join(', ')}]) trace where strpos(t::text, trace) > 0)`)
      expect(rows, String(name)).toEqual([{ strays: 0 }])
    }
  }
})

test('every question that can be asked of one answers nothing of the other', async () => {
  const [one, other] = sidesOf()
  for (const [mine, theirs] of [
    [one, other],
    [other, one],
  ] as const) {
    const { actor, db } = mine.context
    const user = actor.kind === 'person' ? { id: actor.userId, name: actor.name } : null
    for (const [feature, ofFeature] of Object.entries(calls)) {
      for (const [name, call] of Object.entries(ofFeature)) {
        if (call.tells !== undefined) continue
        const path = `${feature}.${name}`
        const answer = await callTRPCProcedure({
          ...{ router: appRouter, path, getRawInput: async () => call.input(mine.things), ctx: { db, user } },
          ...{ type: 'query', signal: undefined, batchIndex: 0 },
        }).catch((error: unknown) => String(error))
        expect(found(JSON.stringify(answer) ?? '', theirs), path).toEqual([])
      }
    }
  }
})

test('the stream, the log that is exported and the snapshot of one hold nothing of the other', async () => {
  const [one, other] = sidesOf()
  for (const [mine, theirs] of [
    [one, other],
    [other, one],
  ] as const) {
    const { context, things } = mine
    let frames = ''
    for (let cursor = 0; ; ) {
      const page = await readFrames(testDb.db, context.orgId, cursor)
      frames += page.map(({ bytes }) => bytes.toString()).join('')
      if (page.length === 0) break
      cursor = page.at(-1)?.seq ?? cursor
    }
    expect(frames).toContain(things.workspaceId)
    expect(found(frames, theirs)).toEqual([])
    let log = ''
    for await (const line of await exportLog(context, {})) log += line
    expect(log).toContain(mine.mark)
    expect(found(log, theirs)).toEqual([])
    const { file } = await openSnapshot(context, things.snapshotId)
    const unpacked = await text(Readable.from(file).pipe(createGunzip()))
    expect(unpacked).toContain(mine.mark)
    expect(found(unpacked, theirs)).toEqual([])
  }
})

test('a memory for all is for all of its org', async () => {
  const [one, other] = sidesOf()
  const where = ({ things: { orgId, workspaceId } }: Side) => ({ orgId, workspaceId })
  const caller = ({ context: { db, actor } }: Side) =>
    createCaller(appRouter)({ db, user: actor.kind === 'person' ? { id: actor.userId, name: actor.name } : null })
  await caller(one).memory.remember({ ...where(one), text: `The word is ${one.mark}.`, scope: 'GLOBAL' })
  const heard = await caller(one).memory.list({ ...where(one), query: 'word' })
  expect(JSON.stringify(heard)).toContain(one.mark)
  const overheard = await caller(other).memory.list({ ...where(other), query: 'word' })
  expect(JSON.stringify(overheard)).not.toContain(one.mark)
  // The roots of the other are no siblings either.
  const asked = caller(one).memory.list({ ...where(one), workspaceId: other.things.workspaceId })
  await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
