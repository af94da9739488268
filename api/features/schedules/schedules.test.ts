import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ScheduleId, WorkspaceId } from '#shared/kernel/ids.ts'
import { CreateSchedule } from '#shared/schedules/contract.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction, readRow, readRows } from '../../kernel/db.ts'
import { type Sql, sql } from '../../kernel/sql.ts'
import { readLog, untilState } from '../../testing/engine.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { startWorker } from '../../worker.ts'
import { changeSchedule } from './change-schedule.ts'
import { createSchedule } from './create-schedule.ts'
import { deleteSchedule, restoreSchedule } from './delete-schedule.ts'
import { fireDue } from './fire-due.ts'
import { listScheduleRuns, listSchedules } from './list-schedules.ts'
import { previewSchedule } from './preview-schedule.ts'
import { runSchedule } from './run-schedule.ts'
import { disableSchedule, enableSchedule } from './switch-schedule.ts'
import { listDeclared, takeDeclared } from './take-declared.ts'

let test_: TestDb
beforeAll(async () => {
  test_ = await openTestDb()
})
afterAll(() => test_.close())

type Given = { cron?: string; timeZone?: string; task?: string; name?: string }

function inputOf({ orgId }: OrgContext, workspaceId: WorkspaceId, given: Given = {}): CreateSchedule {
  const all = { name: 'Digest', cron: '0 3 * * *', timeZone: 'UTC', task: 'Write the digest', ...given }
  return CreateSchedule.parse({ orgId, workspaceId, ...all })
}

async function makeScheduled(given: Given = {}) {
  const org = await makeOrg(test_.db)
  const { Writer: workspaceId } = await makeWorkspaces(org, { Writer: {} })
  if (!workspaceId) throw new Error('no workspace was made')
  const { scheduleId } = await createSchedule(org, inputOf(org, workspaceId, given))
  return { org, workspaceId, scheduleId }
}

/** Its time came this long ago, e.g. "5 minutes". */
async function makeDue(org: OrgContext, id: ScheduleId, ago = '1 second'): Promise<void> {
  await write(
    org,
    sql`
    update schedules set next_run_at = now() - ${ago}::interval, look_at = now() - ${ago}::interval where id = ${id}`,
  )
}

async function write(org: OrgContext, statement: Sql): Promise<void> {
  await inTransaction(org, (tx) => tx.rows(statement))
}

const history = async (org: OrgContext, id: ScheduleId) =>
  (await listScheduleRuns(org, id)).map(({ outcome, code, times }) => [outcome, code, times])

async function countWork({ db, orgId }: OrgContext): Promise<number> {
  const row = await readRow<{ count: number }>(db, orgId, sql`select count(*)::int as count from delegations`)
  return row?.count ?? 0
}

async function one(org: OrgContext, id: ScheduleId) {
  const found = (await listSchedules(org, {})).find((schedule) => schedule.id === id)
  if (!found) throw new Error('it is not on the list')
  return found
}

async function onlyRun(org: OrgContext, id: ScheduleId) {
  const [run] = await listScheduleRuns(org, id)
  if (!run?.delegationId) throw new Error('it gave no work')
  return { ...run, delegationId: run.delegationId }
}

test('at its time it gives its workspace the task, as a chain of its own, and plans the next run', async () => {
  const { org, workspaceId, scheduleId } = await makeScheduled({ cron: '0 3 * * *', timeZone: 'Europe/Berlin' })
  await makeDue(org, scheduleId)
  await fireDue(test_.db)
  const run = await onlyRun(org, scheduleId)
  expect(run).toMatchObject({ outcome: 'fired', trigger: 'clock', by: null, state: 'queued', times: 1 })
  const work = await readRow(
    test_.db,
    org.orgId,
    sql`select workspace_id, task, requester, requester_name, chain_id = id as begins, parent_id from delegations`,
  )
  expect(work).toEqual({
    workspace_id: workspaceId,
    task: 'Write the digest',
    requester: {
      kind: 'system',
      name: 'schedule:Digest',
      onBehalfOf: [org.actor.kind === 'person' && org.actor.userId],
    },
    requester_name: 'schedule:Digest',
    begins: true,
    parent_id: null,
  })
  const { nextRunAt } = await one(org, scheduleId)
  expect(new Date(nextRunAt ?? 0).getTime()).toBeGreaterThan(Date.now())
  const told = (await readLog(org)).filter((event) => event.type.startsWith('schedule.'))
  expect(told.map((event) => event.type)).toEqual(['schedule.created', 'schedule.fired'])
  expect(told[1]?.payload).toEqual({ scheduleId, workspaceId, delegationId: run.delegationId })
})

test('many nodes that look at once fire each time exactly once', async () => {
  const all = await Promise.all(Array.from({ length: 6 }, () => makeScheduled()))
  for (const { org, scheduleId } of all) await makeDue(org, scheduleId)
  await Promise.all(Array.from({ length: 5 }, () => fireDue(test_.db)))
  for (const { org, scheduleId } of all) {
    expect(await history(org, scheduleId)).toEqual([['fired', null, 1]])
    expect(await countWork(org)).toBe(1)
  }
})

test('what a node claimed and never fired is fired by another, once', async () => {
  const { org, scheduleId } = await makeScheduled()
  await makeDue(org, scheduleId)
  await write(org, sql`update schedules set claimed_until = now() + interval '20 seconds' where id = ${scheduleId}`)
  await fireDue(test_.db)
  expect(await history(org, scheduleId)).toEqual([])
  await write(org, sql`update schedules set claimed_until = now() - interval '1 second' where id = ${scheduleId}`)
  await fireDue(test_.db)
  await fireDue(test_.db)
  expect(await history(org, scheduleId)).toEqual([['fired', null, 1]])
})

test('what was missed while nobody was there runs once', async () => {
  const { org, scheduleId } = await makeScheduled({ cron: '* * * * *' })
  await makeDue(org, scheduleId, '3 days')
  await fireDue(test_.db)
  await fireDue(test_.db)
  expect(await history(org, scheduleId)).toEqual([['fired', null, 1]])
})

test('work longer than its interval: one run waits two minutes, then its time is skipped; never two at once', async () => {
  const { org, scheduleId } = await makeScheduled({ cron: '* * * * *' })
  await makeDue(org, scheduleId)
  await fireDue(test_.db)
  const first = await onlyRun(org, scheduleId)
  await write(org, sql`update schedule_runs set created_at = created_at - interval '1 minute'`)
  await makeDue(org, scheduleId, '10 seconds')
  await fireDue(test_.db)
  expect(await history(org, scheduleId)).toEqual([['fired', null, 1]])
  expect((await one(org, scheduleId)).deferredSince).not.toBeNull()
  for (let times = 1; times <= 3; times++) {
    await makeDue(org, scheduleId, '121 seconds')
    await fireDue(test_.db)
    expect(await history(org, scheduleId)).toEqual([
      ['skipped', 'overlap', times],
      ['fired', null, 1],
    ])
  }
  expect(await countWork(org)).toBe(1)
  expect((await readLog(org)).filter((event) => event.type === 'schedule.skipped')).toHaveLength(1)

  await makeDue(org, scheduleId, '10 seconds')
  const worker = startWorker({ db: test_.db })
  try {
    expect((await untilState(org, first.delegationId)).state).toBe('completed')
    await untilRuns(org, scheduleId, 3)
  } finally {
    await worker.stop()
  }
  expect((await listScheduleRuns(org, scheduleId)).map((run) => run.outcome)).toEqual(['fired', 'skipped', 'fired'])
})

async function untilRuns(org: OrgContext, id: ScheduleId, count: number): Promise<void> {
  for (let looks = 0; looks < 1_500; looks++) {
    if ((await listScheduleRuns(org, id)).length >= count) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`it never had ${count} runs`)
}

test('two triggers within seconds are one run, whoever pulls them', async () => {
  const { org, scheduleId } = await makeScheduled()
  const started = await Promise.all([1, 2, 3].map(() => runSchedule(org, scheduleId)))
  expect(new Set(started.map((run) => run.delegationId)).size).toBe(1)
  expect(started.filter((run) => run.again)).toHaveLength(2)
  expect(await onlyRun(org, scheduleId)).toMatchObject({ trigger: 'person', by: 'Olga Owner' })
  const { delegationId } = await onlyRun(org, scheduleId)
  await write(
    org,
    sql`
    update delegations set state = 'completed', answer = 'Done', finished_at = now() where id = ${delegationId}`,
  )
  await makeDue(org, scheduleId)
  await fireDue(test_.db)
  expect(await history(org, scheduleId)).toEqual([
    ['skipped', 'double', 1],
    ['fired', null, 1],
  ])
  expect(await countWork(org)).toBe(1)
})

test('run by hand while its work goes on is refused in words', async () => {
  const { org, scheduleId } = await makeScheduled()
  const { delegationId } = await runSchedule(org, scheduleId)
  await write(org, sql`update schedule_runs set created_at = created_at - interval '1 minute'`)
  await expect(runSchedule(org, scheduleId)).rejects.toMatchObject({
    code: 'busy',
    message: 'Digest is still going on (queued); it runs once at a time.',
    data: { delegationId },
  })
})

test('paused, stopped and removed are skipped with the reason; the same reason again is counted', async () => {
  const { org, workspaceId, scheduleId } = await makeScheduled()
  const skipped = async (statement: Sql) => {
    await write(org, statement)
    await makeDue(org, scheduleId)
    await fireDue(test_.db)
    const [run] = await listScheduleRuns(org, scheduleId)
    return [run?.code, run?.reason, run?.times]
  }
  const pause = sql`update workspaces set paused_at = now() where id = ${workspaceId}`
  expect(await skipped(pause)).toEqual(['paused', 'Writer is paused.', 1])
  expect(await skipped(pause)).toEqual(['paused', 'Writer is paused.', 2])
  const stop = sql`update orgs set stopped_at = now() where id = ${org.orgId}`
  expect(await skipped(stop)).toEqual(['stopped', 'The organisation is stopped.', 1])
  await write(org, sql`update orgs set stopped_at = null where id = ${org.orgId}`)
  const remove = sql`update workspaces set deleted_at = now() where id = ${workspaceId}`
  expect(await skipped(remove)).toEqual(['removed', 'Its workspace was removed.', 1])
  expect(await countWork(org)).toBe(0)
})

test('one bad schedule never stops the others, and its own next time comes', async () => {
  const bad = await makeScheduled({ name: 'Bad' })
  const good = await makeScheduled()
  await write(bad.org, sql`update schedules set time_zone = 'Mars/Olympus' where id = ${bad.scheduleId}`)
  // The key is taken by something else in the way: the firing fails with an error nobody foresaw.
  await makeDue(bad.org, bad.scheduleId, '2 seconds')
  const planned = await readRow<{ at: Date }>(test_.db, bad.org.orgId, sql`select next_run_at as at from schedules`)
  await write(
    bad.org,
    sql`
    insert into schedule_runs (org_id, schedule_id, planned_at, last_at, outcome, trigger, code, reason, created_at)
    values (${bad.org.orgId}, ${bad.scheduleId}, ${planned?.at}, ${planned?.at}, 'skipped', 'clock', 'refused', 'In the way.', now() - interval '1 day')`,
  )
  await makeDue(good.org, good.scheduleId)
  await expect(fireDue(test_.db)).rejects.toThrow()
  expect(await history(good.org, good.scheduleId)).toEqual([['fired', null, 1]])
  expect(await one(bad.org, bad.scheduleId)).toMatchObject({ nextRunAt: null, isEnabled: true })
  await fireDue(test_.db)
})

test('off it does not run; on again it runs from now, not for what it missed', async () => {
  const { org, scheduleId } = await makeScheduled()
  await disableSchedule(org, scheduleId)
  expect(await one(org, scheduleId)).toMatchObject({ isEnabled: false, nextRunAt: null })
  await fireDue(test_.db)
  await enableSchedule(org, scheduleId)
  expect(Date.parse((await one(org, scheduleId)).nextRunAt ?? '')).toBeGreaterThan(Date.now())
  expect(await history(org, scheduleId)).toEqual([])
})

test('a change plans anew, and one that knew an older version is refused', async () => {
  const { org, workspaceId, scheduleId } = await makeScheduled({ cron: '0 0 1 1 *' })
  const before = await one(org, scheduleId)
  const { workspaceId: _, ...content } = inputOf(org, workspaceId, { cron: '* * * * *', task: 'a\r\nb' })
  await changeSchedule(org, { ...content, scheduleId, version: before.version })
  const after = await one(org, scheduleId)
  expect(after).toMatchObject({ cron: '* * * * *', task: 'a\nb', version: 2 })
  expect(Date.parse(after.nextRunAt ?? '')).toBeLessThan(Date.parse(before.nextRunAt ?? ''))
  const late = changeSchedule(org, { ...content, scheduleId, version: before.version })
  await expect(late).rejects.toMatchObject({ code: 'conflict' })
})

test('a deleted schedule is off the clock and comes back whole', async () => {
  const { org, scheduleId } = await makeScheduled()
  await makeDue(org, scheduleId)
  await deleteSchedule(org, scheduleId)
  await fireDue(test_.db)
  expect(await listSchedules(org, {})).toEqual([])
  await expect(runSchedule(org, scheduleId)).rejects.toMatchObject({ code: 'not-found' })
  await restoreSchedule(org, scheduleId)
  expect(await one(org, scheduleId)).toMatchObject({ isEnabled: true, lastRun: null })
})

test('a time that never comes is refused with the field', async () => {
  const { org, workspaceId } = await makeScheduled()
  await expect(createSchedule(org, inputOf(org, workspaceId, { cron: '0 0 30 2 *' }))).rejects.toMatchObject({
    code: 'bad-input',
    field: 'cron',
  })
  expect(previewSchedule({ cron: '0 9 * * *', timeZone: 'Asia/Tokyo' }, new Date('2026-01-01T00:00:00Z'))).toEqual([
    '2026-01-02T00:00:00.000Z',
    '2026-01-03T00:00:00.000Z',
    '2026-01-04T00:00:00.000Z',
  ])
})

test('what people write is checked field by field and cleaned', () => {
  const base = {
    orgId: crypto.randomUUID(),
    workspaceId: crypto.randomUUID(),
    name: 'n',
    cron: '* * * * *',
    timeZone: 'UTC',
  }
  const parse = (given: object) => CreateSchedule.safeParse({ ...base, task: 'x', ...given })
  const problem = (given: object) => parse(given).error?.issues.map(({ path, message }) => [path.join('.'), message])
  expect(problem({ cron: '75 * * * *' })).toEqual([
    ['cron', 'The minute "75" cannot be read: 75 is no number from 0 to 59.'],
  ])
  expect(problem({ timeZone: '+02:00' })?.[0]?.[0]).toBe('timeZone')
  expect(problem({ task: ' \r\n ' })).toEqual([['task', 'Say what is to be done.']])
  expect(problem({ task: 'a\0b' })).toEqual([['task', 'Use no NUL character.']])
  expect(parse({ task: 'a\r\nb\rc\ud800' }).data?.task).toBe('a\nb\nc\ufffd')
})

test('viewers see but do not touch, and another org sees nothing', async () => {
  const { org, scheduleId } = await makeScheduled()
  const viewer = await makeMember(org, 'viewer')
  expect(await listSchedules(viewer, {})).toHaveLength(1)
  for (const act of [runSchedule, disableSchedule, deleteSchedule]) {
    await expect(act(viewer, scheduleId)).rejects.toMatchObject({ code: 'forbidden' })
  }
  const elsewhere = await makeOrg(test_.db)
  expect(await listSchedules(elsewhere, {})).toEqual([])
  expect(await listScheduleRuns(elsewhere, scheduleId)).toEqual([])
  await expect(runSchedule(elsewhere, scheduleId)).rejects.toMatchObject({ code: 'not-found' })
  const leaked = await readRows(test_.db, elsewhere.orgId, sql`select from schedules`)
  expect(leaked).toEqual([])
})

test('what the template declares is taken over when a person says so, once, on or off as it says', async () => {
  const org = await makeOrg(test_.db)
  const { Writer: workspaceId } = await makeWorkspaces(org, { Writer: {} })
  if (!workspaceId) throw new Error('no workspace was made')
  const schedules = [
    { name: 'Digest', cron: '@daily', timezone: 'UTC', prompt: 'Write it', isEnabled: true },
    { name: 'Digest', cron: '@hourly', timezone: 'UTC', prompt: 'Again', isEnabled: true },
    { name: 'Paused', cron: '0 9 * * 1', timezone: 'Europe/Berlin', prompt: 'Plan it', isEnabled: false },
    { name: 'Silent', cron: '0 9 * * 1', timezone: 'UTC', prompt: '', isEnabled: true },
    { name: 'Odd', cron: '@every 7m', timezone: 'UTC', prompt: 'x', isEnabled: true },
  ]
  await write(
    org,
    sql`
    update workspaces set declared = ${JSON.stringify({ schedules })}::jsonb where id = ${workspaceId}`,
  )
  expect((await listDeclared(org, workspaceId)).map(({ name, problem }) => [name, problem])).toEqual([
    ['Digest', null],
    ['Paused', null],
    ['Silent', 'Say what is to be done.'],
    ['Odd', expect.stringContaining('nickname')],
  ])
  expect(await countWork(org)).toBe(0)
  const taken = await Promise.all([takeDeclared(org, workspaceId), takeDeclared(org, workspaceId)])
  expect(taken.map((one) => one.taken).sort()).toEqual([0, 2])
  const saved = await listSchedules(org, { workspaceId })
  expect(saved.map(({ name, cron, isEnabled }) => [name, cron, isEnabled])).toEqual([
    ['Digest', '0 0 * * *', true],
    ['Paused', '0 9 * * 1', false],
  ])
  for (const { id } of saved) await deleteSchedule(org, id)
  expect((await listDeclared(org, workspaceId)).map(({ name }) => name)).toEqual(['Silent', 'Odd'])
})
