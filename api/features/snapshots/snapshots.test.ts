import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { DelegationId, OrgId, type UserId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { type Db, inTransaction, readRows } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { createCaller } from '../../kernel/trpc.ts'
import { appRouter } from '../../router.ts'
import { readLog, untilState } from '../../testing/engine.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { startWorker, type Worker } from '../../worker.ts'
import { delegate } from '../delegations/index.ts'
import { deleteSnapshot, listSnapshots, openSnapshot } from './list-snapshots.ts'
import { newIds, rekey } from './rekey.ts'
import { restoreKept, restoreSnapshot } from './restore-snapshot.ts'
import { snapshotTables } from './tables-store.ts'
import { takeSnapshot } from './take-snapshot.ts'

let testDb: TestDb
let worker: Worker | undefined
beforeAll(async () => {
  testDb = await openTestDb()
})
afterEach(async () => {
  await worker?.stop()
  worker = undefined
})
afterAll(() => testDb.close())

async function makeTeam() {
  const org = await makeOrg(testDb.db)
  const ids = await makeWorkspaces(org, { Lead: { Researcher: {}, Writer: {} } })
  return { org, lead: WorkspaceId.parse(ids.Lead), writer: WorkspaceId.parse(ids.Writer) }
}

function ownerOf({ actor }: OrgContext): { id: UserId; name: string } {
  if (actor.kind !== 'person') throw new Error('no person')
  return { id: actor.userId, name: actor.name }
}

async function fileOf(org: OrgContext): Promise<Buffer> {
  const { id } = await takeSnapshot(org)
  const chunks: Buffer[] = []
  for await (const chunk of (await openSnapshot(org, id)).file) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const linesOf = (file: Buffer) => gunzipSync(file).toString('utf8').trimEnd().split('\n')

/** A file of these lines, as if it had been taken so. */
function withTrailer(lines: readonly string[]): Buffer {
  const text = `${lines.join('\n')}\n`
  const sha256 = createHash('sha256').update(text).digest('hex')
  return gzipSync(`${text}${JSON.stringify({ rows: {}, sha256 })}\n`)
}

/** The person's context in an org that was restored. */
const inOrg = (org: OrgContext, orgId: OrgId): OrgContext => ({ ...org, orgId })

/** As a person does it. */
async function resumeRoots(org: OrgContext): Promise<void> {
  const { workspaces } = createCaller(appRouter)({ db: org.db, user: ownerOf(org) })
  const { orgId } = org
  const all = (await workspaces.list({ orgId })).workspaces
  expect(all.map((one) => one.status)).toEqual(all.map(() => 'paused'))
  for (const { id, parentId } of all) {
    if (parentId === null) await workspaces.control({ orgId, workspaceId: id, verb: 'resume' })
  }
}

/** All rows a snapshot would take, with ids numbered in the order in which they are first met. */
async function canonical(db: Db, orgId: OrgId): Promise<string> {
  const numbers = new Map<string, number>([[orgId, 0]])
  const tables: string[] = []
  for (const { name, cut } of snapshotTables) {
    const rows = await readRows<{ row: Record<string, unknown> }>(db, orgId, cut)
    const lines = rows.map(({ row }) =>
      JSON.stringify({ ...row, ...(name === 'orgs' && { name: '', created_at: '' }) }),
    )
    tables.push(`${name}\n${lines.join('\n')}`)
  }
  return tables.join('\n\n').replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
    const number = numbers.get(id) ?? numbers.size
    numbers.set(id, number)
    return `id-${number}`
  })
}

test('a restored org is the same up to its ids, and the other one is untouched', async () => {
  const { org, lead, writer } = await makeTeam()
  worker = startWorker({ db: testDb.db })
  const { delegationId } = await delegate(org, { workspaceId: lead, task: 'Write about tides' })
  const fork = await delegate(org, { workspaceId: lead, task: 'Write about tides again' })
  await untilState(org, delegationId)
  await untilState(org, fork.delegationId)
  await worker.stop()
  worker = undefined
  await inTransaction(org, async (tx) => {
    // Of a part that was made after the fork itself, so that neither time nor id says who comes first.
    await tx.rows(sql`
      update delegations d set forked_at_step = 1, forked_from = part.id, created_at = d.created_at - interval '1 hour'
        from delegations part
       where d.org_id = ${tx.orgId} and d.id = ${fork.delegationId}
         and part.org_id = ${tx.orgId} and part.parent_id = ${delegationId}`)
    await tx.rows(sql`update workspaces set paused_at = '2026-01-01' where org_id = ${tx.orgId} and parent_id is null`)
    await tx.rows(sql`
      insert into memories (org_id, id, workspace_id, scope, kind, text, importance, written_by, written_by_name)
      values (${tx.orgId}, gen_random_uuid(), ${writer}, 'TEAM', 'social', 'Ask ' || ${lead}, 0.7, '{}', 'test')`)
    await tx.rows(sql`
      insert into plans (org_id, delegation_id, workspace_id, items, next_id)
      values (${tx.orgId}, ${delegationId}, ${lead}, '[{"id": 1, "title": "Go", "state": "todo", "items": []}]', 2)`)
    await tx.rows(sql`
      insert into budgets (org_id, id, scope, workspace_id, period, money)
      values (${tx.orgId}, gen_random_uuid(), 'subtree', ${lead}, 'month', 5000000)`)
  })
  const before = await canonical(testDb.db, org.orgId)
  const log = await readLog(org)
  const file = await fileOf(org)
  const restored = await restoreSnapshot(testDb.db, file, { owner: ownerOf(org) })
  expect(restored).toMatchObject({ name: 'Test org (restored)', alive: 0 })
  expect(await canonical(testDb.db, restored.orgId)).toBe(before)
  expect(await canonical(testDb.db, org.orgId)).toBe(before)
  expect((await readLog(org)).slice(0, log.length)).toEqual(log)
  expect((await readLog(org)).slice(log.length).map((event) => event.type)).toEqual(['snapshot.taken'])
  const ids = new Set(
    linesOf(file)
      .join('\n')
      .match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g),
  )
  ids.delete(ownerOf(org).id)
  const there = JSON.stringify(
    await Promise.all(snapshotTables.map(({ cut }) => readRows(testDb.db, restored.orgId, cut))),
  )
  expect([...ids].filter((id) => there.includes(id))).toEqual([])
})

test('work that was under way waits paused in the restored org, and goes on from its last recorded step', async () => {
  const { org, lead } = await makeTeam()
  worker = startWorker({ db: testDb.db })
  const task = 'Share it out [rehearse reports: slow 3000]'
  const { delegationId } = await delegate(org, { workspaceId: lead, task })
  await untilState(org, delegationId, ['waiting'])
  await untilRunning(org)
  const restored = await restoreSnapshot(testDb.db, await fileOf(org), { owner: ownerOf(org), name: 'Second' })
  const second = inOrg(org, restored.orgId)
  expect(restored.alive).toBe(3)
  const log = (await readLog(second)).map((event) => event.type)
  expect(log.slice(0, 6)).toEqual([
    'org.created',
    'snapshot.restored',
    ...['workspace.created', 'workspace.created', 'workspace.created'],
    'workspace.paused',
  ])
  expect((await untilState(org, delegationId)).state).toBe('completed')

  // The worker had all that time; in the restored org it did nothing.
  const work = await readRows<{ id: string; state: string; depth: number }>(
    testDb.db,
    restored.orgId,
    sql`select id, state, depth from delegations order by depth, id`,
  )
  expect(work.map(({ state, depth }) => [depth, state])).toEqual([
    [0, 'waiting'],
    [1, 'queued'],
    [1, 'queued'],
  ])
  const doneBefore = await doneSteps(second)
  expect(doneBefore.length).toBeGreaterThan(2)
  await resumeRoots(second)
  const ended = await untilState(second, DelegationId.parse(work[0]?.id))
  expect(ended).toMatchObject({ state: 'completed', answer: expect.stringContaining('All parts came back') })
  const after = await doneSteps(second)
  for (const step of doneBefore) expect(after).toContainEqual(step)
})

test('what may have happened is asked about, questions keep their time, and schedules are off', async () => {
  const { org, writer } = await makeTeam()
  const { delegationId } = await delegate(org, { workspaceId: writer, task: 'Pay the bill' })
  await inTransaction(org, async (tx) => {
    await tx.rows(sql`
      update delegations set state = 'running', has_started = true where org_id = ${tx.orgId} and id = ${delegationId}`)
    await tx.rows(sql`
      insert into steps (org_id, delegation_id, step, kind, state, name, input, decider_version, is_safe, leased_by, lease_until)
      values (${tx.orgId}, ${delegationId}, 0, 'tool', 'running', 'pay', '{}', 2, false, gen_random_uuid(),
              now() + interval '1 hour')`)
    await tx.rows(sql`
      insert into approvals (org_id, id, delegation_id, step, workspace_id, kind, tool, args, state, expires_at)
      values (${tx.orgId}, gen_random_uuid(), ${delegationId}, 0, ${writer}, 'tool', 'pay', '{}', 'pending',
              now() + interval '10 minutes')`)
    await tx.rows(sql`
      insert into schedules (org_id, id, workspace_id, name, cron, time_zone, task, priority, created_by, next_run_at, look_at)
      values (${tx.orgId}, gen_random_uuid(), ${writer}, 'Bills', '* * * * *', 'UTC', 'Pay', 'normal', 'test', now(), now())`)
  })
  const lines = linesOf(await fileOf(org)).slice(0, -1)
  const hour = 3_600_000
  const [header = ''] = lines
  const takenAt: string = JSON.parse(header).takenAt
  lines[0] = header.replace(takenAt, new Date(Date.parse(takenAt) - hour).toISOString())
  const { orgId } = await restoreSnapshot(testDb.db, withTrailer(lines), { owner: ownerOf(org) })
  const second = inOrg(org, orgId)
  const rows = (query: ReturnType<typeof sql>) => readRows<{ is: unknown }>(testDb.db, orgId, query)
  expect(await rows(sql`select is_enabled or look_at is not null as is from schedules`)).toEqual([{ is: false }])
  expect(await rows(sql`select expires_at > now() + interval '1 hour' as is from approvals`)).toEqual([{ is: true }])

  worker = startWorker({ db: testDb.db })
  while ((await rows(sql`select 1 as is from steps where kind = 'note'`)).length === 0) await soon()
  await resumeRoots(second)
  const [work] = await rows(sql`select id as is from delegations`)
  const asked = await untilState(second, DelegationId.parse(work?.is), ['waiting'])
  expect(asked).toMatchObject({ waitingFor: 'input', reason: expect.stringContaining('pay was interrupted') })
})

test('a cut under load agrees with itself', async () => {
  const { org, lead } = await makeTeam()
  worker = startWorker({ db: testDb.db })
  const given = Array.from({ length: 12 }, (_, n) => delegate(org, { workspaceId: lead, task: `Task ${n}` }))
  const all = await Promise.all(given)
  const files: Buffer[] = []
  for (let n = 0; n < 6; n++) files.push(await fileOf(org))
  for (const { delegationId } of all) await untilState(org, delegationId)
  for (const file of files) {
    const rows = linesOf(file)
      .slice(1, -1)
      .map((line) => JSON.parse(line))
    const of = (table: string) => rows.filter((row) => row.table === table).map((row) => row.row)
    const [delegations, steps] = [of('delegations'), of('steps')]
    for (const one of delegations) {
      const own = steps.filter((step) => step.delegation_id === one.id)
      expect(own.map((step) => step.step)).toEqual(own.map((_, index) => index))
      const sum = (column: string) => own.reduce((total, step) => total + step[column], 0)
      expect([one.input_tokens, one.output_tokens, one.cost]).toEqual([
        sum('input_tokens'),
        sum('output_tokens'),
        sum('cost'),
      ])
      if (one.state === 'completed') expect(own.every((step) => step.finished_at !== null)).toBe(true)
      if (one.parent_id) expect(delegations.map((other) => other.id)).toContain(one.parent_id)
    }
    await restoreSnapshot(testDb.db, file, { owner: ownerOf(org) })
  }
})

test('a file that is changed, cut off, of a newer version or no snapshot at all makes no org', async () => {
  const { org } = await makeTeam()
  const file = await fileOf(org)
  const lines = linesOf(file)
  const [header = '', ...rest] = lines
  const packed = (all: readonly string[]) => gzipSync(`${all.join('\n')}\n`)
  const restore = (given: Buffer) => restoreSnapshot(testDb.db, given, { owner: ownerOf(org) })
  const count = async () => (await testDb.asAdmin('select count(*)::int as n from orgs'))[0]?.n
  const before = await count()
  const changed = lines.map((line) => line.replace('You are Writer', 'You are Wrong'))
  await expect(restore(packed(changed))).rejects.toThrow(/its checksum does not fit/)
  await expect(restore(packed(lines.slice(0, -1)))).rejects.toThrow(/its end is missing/)
  await expect(restore(packed([...lines, lines[1] ?? '']))).rejects.toThrow(/something follows its end/)
  await expect(restore(file.subarray(0, file.length - 40))).rejects.toMatchObject({ code: 'bad-input' })
  await expect(restore(Buffer.from('PK nonsense'))).rejects.toThrow(/cannot be unpacked/)
  await expect(restore(Buffer.alloc(0))).rejects.toMatchObject({ code: 'bad-input' })
  await expect(restore(gzipSync('[]\n'))).rejects.toThrow(/does not begin like one/)
  const newer = [header.replace('"version":1', '"version":2'), ...rest]
  await expect(restore(packed(newer))).rejects.toThrow(/newer version/)
  const unknown = [header, '{"table":"dreams","row":{}}', ...rest]
  await expect(restore(packed(unknown))).rejects.toThrow(/newer version/)
  expect(await count()).toBe(before)
})

test('snapshots are kept, listed, restored by name and deleted by admins of their org alone', async () => {
  const { org } = await makeTeam()
  const kept = await takeSnapshot(org, { name: 'Before the release' })
  expect(kept).toMatchObject({ name: 'Before the release', workspaces: 3, delegations: 0, memories: 0 })
  expect(await listSnapshots(org)).toEqual([kept])
  const restored = await restoreKept(org, { snapshotId: kept.id, name: 'Twin' })
  expect(restored.name).toBe('Twin')
  expect(await listSnapshots(inOrg(org, restored.orgId))).toEqual([])
  const member = await makeMember(org, 'manager')
  await expect(takeSnapshot(member)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(openSnapshot(member, kept.id)).rejects.toMatchObject({ code: 'forbidden' })
  const other = await makeTeam()
  await expect(restoreKept(other.org, { snapshotId: kept.id })).rejects.toMatchObject({ code: 'not-found' })
  await expect(deleteSnapshot(other.org, kept.id)).rejects.toMatchObject({ code: 'not-found' })
  await deleteSnapshot(org, kept.id)
  expect(await listSnapshots(org)).toEqual([])
})

test('ids are renamed wherever they stand, in order, and nothing else is', () => {
  const [old, later, other] = [
    '01900000-0000-7000-8000-00000000000a',
    '01900000-0000-7000-8000-00000000000b',
    '01900000-0000-7000-8000-00000000000c',
  ]
  const ids = newIds([later, old])
  const fresh = (id: string) => ids.get(id) ?? ''
  expect(fresh(old) < fresh(later)).toBe(true)
  const text = `{"a":"${old}","b":"{\\"c\\":\\"${later.toUpperCase()}\\"}","d":"${other}","e":"2026"}`
  expect(rekey(text, ids)).toBe(`{"a":"${fresh(old)}","b":"{\\"c\\":\\"${fresh(later)}\\"}","d":"${other}","e":"2026"}`)
})

const soon = () => new Promise((resolve) => setTimeout(resolve, 10))

async function untilRunning({ db, orgId }: OrgContext): Promise<void> {
  for (;;) {
    const rows = await readRows(
      db,
      OrgId.parse(orgId),
      sql`
      select 1 from steps s join delegations d on d.org_id = s.org_id and d.id = s.delegation_id
       where s.state = 'running' and d.depth = 1`,
    )
    if (rows.length >= 2) return
    await soon()
  }
}

async function doneSteps({ db, orgId }: OrgContext) {
  return await readRows(
    db,
    OrgId.parse(orgId),
    sql`
    select delegation_id, step, attempt, output, finished_at from steps where state = 'done' order by 1, 2`,
  )
}
