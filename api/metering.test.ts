import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BudgetLimits } from '#shared/budgets/contract.ts'
import { getSpend } from './features/budgets/get-spend.ts'
import { listBudgets } from './features/budgets/list-budgets.ts'
import { setBudget } from './features/budgets/set-budget.ts'
import { setPrice } from './features/budgets/set-price.ts'
import { delegate } from './features/delegations/delegate.ts'
import type { OrgContext } from './kernel/actor.ts'
import { readRow } from './kernel/db.ts'
import { sql } from './kernel/sql.ts'
import { untilState } from './testing/engine.ts'
import { makeOrg, makeWorkspaces } from './testing/factories.ts'
import { openTestDb, type TestDb } from './testing/test-db.ts'
import { startWorker, type Worker } from './worker.ts'

let database: TestDb
let worker: Worker
beforeAll(async () => {
  database = await openTestDb()
  worker = startWorker({ db: database.db })
})
afterAll(async () => {
  await worker.stop()
  await database.close()
})

const limits: BudgetLimits = { money: null, tokens: null, steps: null, seconds: null, toolCalls: null }

/** An org whose rehearsal costs a micro-dollar a token. */
async function pricedTeam(db = database.db) {
  const org = await makeOrg(db)
  const { Writer } = await makeWorkspaces(org, { Writer: {} }, { Writer: { max_concurrent_tasks: 20 } })
  if (!Writer) throw new Error('no writer')
  await setPrice(org, { orgId: org.orgId, model: 'rehearsal', input: 1_000_000, output: 1_000_000, cacheRead: null })
  return { org, orgId: org.orgId, Writer }
}

type Sums = { charged: number; steps: number; delegations: number; calls: number; open: number }

/** The same money as each table has it. */
async function readSums({ db, orgId }: OrgContext): Promise<Sums | undefined> {
  return await readRow<Sums>(
    db,
    orgId,
    sql`select (select coalesce(sum(cost), 0)::float8 from charges where org_id = ${orgId}) as charged,
               (select coalesce(sum(cost), 0)::float8 from steps where org_id = ${orgId}) as steps,
               (select coalesce(sum(cost), 0)::float8 from delegations where org_id = ${orgId}) as delegations,
               (select count(*)::int from charges where org_id = ${orgId} and model is not null) as calls,
               (select count(*)::int from charges where org_id = ${orgId} and state = 'reserved') as open`,
  )
}

test('twenty runs at once with a cent and a half left never pass it, and end once it is raised', async () => {
  const { org, orgId, Writer } = await pricedTeam()
  const cap = 15_000
  await setBudget(org, { orgId, scope: 'org', workspaceId: null, period: 'day', limits: { ...limits, money: cap } })
  const made = await Promise.all(
    Array.from({ length: 20 }, (_, n) => delegate(org, { workspaceId: Writer, task: `Word number ${n}` })),
  )
  const standing = await Promise.all(
    made.map(({ delegationId }) => untilState(org, delegationId, ['completed', 'failed', 'waiting'])),
  )
  for (const one of standing.filter(({ state }) => state === 'waiting')) {
    expect(one).toMatchObject({
      waitingFor: 'budget',
      reason: expect.stringContaining("organisation's budget for today"),
    })
  }
  const [before] = await listBudgets(org)
  expect((before?.used.money ?? 0) + (before?.reserved.money ?? 0)).toBeLessThanOrEqual(cap)

  await setBudget(org, {
    orgId,
    scope: 'org',
    workspaceId: null,
    period: 'day',
    limits: { ...limits, money: 10_000_000 },
  })
  const ended = await Promise.all(made.map(({ delegationId }) => untilState(org, delegationId)))
  expect(ended.every(({ state }) => state === 'completed')).toBe(true)

  const [after] = await listBudgets(org)
  const sums = await readSums(org)
  expect(sums).toMatchObject({ open: 0, steps: sums?.charged, delegations: sums?.charged })
  expect(after?.used.money).toBe(sums?.charged)
  expect(after?.reserved).toEqual({ money: 0, tokens: 0 })
  expect((await getSpend(org)).today.cost).toBe(sums?.charged)
})

test('where the meter fails, nothing is called', async () => {
  const broken = await openTestDb()
  const { org, Writer } = await pricedTeam(broken.db)
  await broken.asAdmin('alter function reserve_charge rename to reserve_charge_gone')
  const { promise: failed, resolve } = Promise.withResolvers<unknown>()
  const other = startWorker({ db: broken.db, onError: resolve })
  const { delegationId } = await delegate(org, { workspaceId: Writer, task: 'Spend blindly' })
  expect(String(await failed)).toContain('reserve_charge')
  expect(await readSums(org)).toMatchObject({ calls: 0, steps: 0 })

  await broken.asAdmin('alter function reserve_charge_gone rename to reserve_charge')
  expect((await untilState(org, delegationId)).state).toBe('completed')
  await other.stop()
  await broken.close()
})
