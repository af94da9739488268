import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDb } from '../../kernel/pool.ts'
import { readLog, untilState } from '../../testing/engine.ts'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { startWorker } from '../../worker.ts'
import { delegate } from './delegate.ts'
import { wakeAsleep } from './sweep.ts'

let database: TestDb
beforeAll(async () => {
  database = await openTestDb()
})
afterAll(() => database.close())

test('eight workers leave none of 60 parents with three children asleep', { timeout: 120_000 }, async () => {
  const dbs = Array.from({ length: 8 }, () => openDb({ connectionString: database.appUrl, max: 4 }))
  const errors: unknown[] = []
  const workers = dbs.map((db) => startWorker({ db, concurrency: 8, onError: (error) => errors.push(error) }))
  const wide = { max_concurrent_tasks: 10 }
  const work = Array.from({ length: 5 }, async () => {
    const org = await makeOrg(database.db)
    const ids = await makeWorkspaces(org, { Lead: { A: {}, B: {}, C: {} } }, { Lead: wide, A: wide, B: wide, C: wide })
    const lead = ids.Lead
    if (!lead) throw new Error('no lead')
    const parents = await Promise.all(
      Array.from({ length: 12 }, (_, n) => delegate(org, { workspaceId: lead, task: `Number ${n}` })),
    )
    for (const { delegationId } of parents) {
      expect((await untilState(org, delegationId, undefined, 60_000)).state).toBe('completed')
    }
    const log = await readLog(org)
    expect(log.filter((event) => event.type === 'delegation.completed')).toHaveLength(48)
    expect(log.filter((event) => event.type === 'delegation.lost')).toHaveLength(0)
  })
  await Promise.all(work)
  expect(await wakeAsleep(database.db)).toEqual([])
  await Promise.all(workers.map((worker) => worker.stop()))
  await Promise.all(dbs.map((db) => db.pool.end()))
  expect(errors).toEqual([])
})
