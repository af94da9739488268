import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction, readRows } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { readLog, untilState } from '../../testing/engine.ts'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { startWorker, type Worker } from '../../worker.ts'
import { delegate } from './delegate.ts'
import { getDelegation } from './get-delegation.ts'
import { sweep, wakeAsleep } from './sweep.ts'

let database: TestDb
let process_: ChildProcess | undefined
let worker: Worker | undefined
beforeAll(async () => {
  database = await openTestDb()
})
afterEach(async () => {
  await worker?.stop()
  process_?.kill('SIGKILL')
  worker = process_ = undefined
})
afterAll(() => database.close())

test('work goes on after kill -9 from its last recorded step, and no completed step runs again', async () => {
  process_ = await startProcess()
  const { org, lead } = await leadWithReports()
  const task = 'Share it out [rehearse reports: slow 1500]'
  const { delegationId } = await delegate(org, { workspaceId: lead, task })
  await untilState(org, delegationId, ['waiting'])
  await untilCallRuns(org)
  const before = await getDelegation(org, delegationId)
  process_.kill('SIGKILL')
  await once(process_, 'exit')

  await letLeasesRunOut(org)
  await sweep(database.db)
  worker = startWorker({ db: database.db })
  expect((await untilState(org, delegationId)).state).toBe('completed')
  const after = await getDelegation(org, delegationId)
  const finished = before.steps.filter((step) => step.state === 'done')
  expect(after.steps.slice(0, finished.length)).toEqual(finished)
  expect(after.children).toHaveLength(2)
  const log = await readLog(org)
  expect(log.some((event) => event.type === 'delegation.lost')).toBe(true)
  expect(doneTwice(log)).toEqual([])
  expect(await wakeAsleep(database.db)).toEqual([])
})

test('a process that slept through its lease commits nothing', async () => {
  process_ = await startProcess()
  const { org, lead } = await leadWithReports()
  const { delegationId } = await delegate(org, { workspaceId: lead, task: 'Think [rehearse: slow 400]' })
  await untilCallRuns(org)
  process_.kill('SIGSTOP')
  await letLeasesRunOut(org)
  await sweep(database.db)
  worker = startWorker({ db: database.db })
  expect((await untilState(org, delegationId)).state).toBe('completed')
  const settled = await getDelegation(org, delegationId)
  const length = (await readLog(org)).length

  process_.kill('SIGCONT')
  process_.kill('SIGTERM')
  await once(process_, 'exit')
  expect(await getDelegation(org, delegationId)).toEqual(settled)
  expect(settled.steps[1]).toMatchObject({ kind: 'model', state: 'done', attempt: 2 })
  expect(await readLog(org)).toHaveLength(length)
})

test('a worker that ends hands its work back at once', async () => {
  const first = startWorker({ db: database.db })
  const { org, lead } = await leadWithReports()
  const { delegationId } = await delegate(org, { workspaceId: lead, task: 'Think [rehearse: slow 2000]' })
  await untilCallRuns(org)
  const began = Date.now()
  await first.stop()
  expect(Date.now() - began).toBeLessThan(1_000)
  expect(await stepStates(org)).not.toContain('running')
  worker = startWorker({ db: database.db })
  expect((await untilState(org, delegationId)).state).toBe('completed')
  expect((await readLog(org)).some((event) => event.type === 'delegation.lost')).toBe(false)
})

async function leadWithReports() {
  const org = await makeOrg(database.db)
  const ids = await makeWorkspaces(org, { Lead: { A: {}, B: {} } })
  const lead = ids.Lead
  if (!lead) throw new Error('no lead')
  return { org, lead }
}

async function startProcess(): Promise<ChildProcess> {
  const started = spawn(process.execPath, [new URL('worker.fixture.ts', import.meta.url).pathname, database.appUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(started.stdout, 'data')
  return started
}

async function untilCallRuns(org: OrgContext): Promise<void> {
  while (!(await stepStates(org)).includes('running')) await new Promise((resolve) => setTimeout(resolve, 10))
}

async function stepStates({ db, orgId }: OrgContext): Promise<string[]> {
  const rows = await readRows<{ state: string }>(db, orgId, sql`select state from steps where kind = 'model'`)
  return rows.map((row) => row.state)
}

/** What ten seconds without a heartbeat do. */
async function letLeasesRunOut(org: OrgContext): Promise<void> {
  await inTransaction(org, async (tx) => {
    await tx.rows(sql`update steps set lease_until = now() where lease_until is not null`)
    await tx.rows(sql`update ready set lease_until = now() where lease_until is not null`)
  })
}

type Log = Awaited<ReturnType<typeof readLog>>

/** Steps whose result was recorded more than once. */
function doneTwice(log: Log): string[] {
  const seen = new Map<string, number>()
  for (const { type, delegationId, payload } of log) {
    if (type !== 'step.changed' || payload.state !== 'done') continue
    const key = `${delegationId}/${payload.step}`
    seen.set(key, (seen.get(key) ?? 0) + 1)
  }
  return [...seen].filter(([, count]) => count > 1).map(([key]) => key)
}
