import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction, readRows } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { getSpend } from './get-spend.ts'
import { getWait } from './get-wait.ts'
import { listBudgets } from './list-budgets.ts'
import { listPrices } from './list-prices.ts'
import { makeWork, movePeriod, noLimits, readCounters, settleCall, tryReserve, type Work } from './meter.fixture.ts'
import { removeBudget } from './remove-budget.ts'
import { reserve } from './reserve.ts'
import { setBudget } from './set-budget.ts'
import { resetPrice, setPrice } from './set-price.ts'
import { settle } from './settle.ts'
import { clearOldCounters } from './wait-store.ts'
import { wakeBudgetWaits } from './wake-waits.ts'

let database: TestDb
beforeAll(async () => {
  database = await openTestDb()
})
afterAll(() => database.close())

async function team() {
  const org = await makeOrg(database.db)
  const { Lead, Writer } = await makeWorkspaces(org, { Lead: { Writer: {} } }, { Writer: { model: 'acme:giant-1' } })
  if (!Lead || !Writer) throw new Error('no team')
  await setPrice(org, { orgId: org.orgId, model: 'rehearsal', input: 1_000_000, output: 2_000_000, cacheRead: 0 })
  return { org, orgId: org.orgId, Lead, Writer }
}

const cost = (tokens: number) => ({ inputTokens: tokens, outputTokens: 0 })
const ofDay = { scope: 'org', workspaceId: null, period: 'day' } as const

/** Has the work been woken since it was asked last? */
async function takeWake({ db, orgId }: OrgContext, { delegationId }: Work): Promise<boolean> {
  const [row] = await readRows<{ due: boolean }>(
    db,
    orgId,
    sql`select wake_at is not null as due from ready where org_id = ${orgId} and delegation_id = ${delegationId}`,
  )
  await inTransaction({ db, orgId, actor: { kind: 'system', name: 'test' } }, (tx) =>
    tx.rows(sql`
      insert into ready (org_id, delegation_id) values (${orgId}, ${delegationId})
      on conflict (org_id, delegation_id) do update set wake_at = null`),
  )
  return row?.due ?? false
}

async function waitingWork(org: OrgContext, workspaceId: Work['workspaceId']): Promise<Work> {
  const work = await makeWork(org, workspaceId)
  await takeWake(org, work)
  expect((await tryReserve(org, { ...work, step: 1, worst: cost(100) })).kind).toBe('lacking')
  return work
}

test('work that waits is woken by a raise, by room, by the next day and by the end of the budget, not before', async () => {
  const { org, orgId, Writer } = await team()
  const { budgetId } = await setBudget(org, { orgId, ...ofDay, limits: { ...noLimits, money: 50 } })
  const work = await waitingWork(org, Writer)
  await wakeBudgetWaits(database.db)
  expect(await takeWake(org, work)).toBe(false)
  expect((await listBudgets(org))[0]?.waiting).toBe(1)
  expect(await getWait(org, work)).toMatchObject({ kind: 'budget', budget: { id: budgetId }, needed: { money: 100 } })

  await setBudget(org, { orgId, ...ofDay, limits: { ...noLimits, money: 60 } })
  expect(await takeWake(org, work)).toBe(false)
  await setBudget(org, { orgId, ...ofDay, limits: { ...noLimits, money: 150 } })
  expect(await takeWake(org, work)).toBe(true)
  expect((await tryReserve(org, { ...work, step: 1, worst: cost(100) })).kind).toBe('reserved')

  const second = await waitingWork(org, Writer)
  await settleCall(org, { ...work, step: 1 }, cost(20))
  await wakeBudgetWaits(database.db)
  expect(await takeWake(org, second)).toBe(true)
  await tryReserve(org, { ...second, step: 1, worst: cost(100) })

  const third = await waitingWork(org, Writer)
  await movePeriod(org, new Date().toISOString().slice(0, 10), '2020-02-29')
  await wakeBudgetWaits(database.db)
  expect(await takeWake(org, third)).toBe(true)
  await tryReserve(org, { ...third, step: 1, worst: cost(100) })

  const fourth = await waitingWork(org, Writer)
  await removeBudget(org, { orgId, budgetId })
  expect(await takeWake(org, fourth)).toBe(true)
  expect(await listBudgets(org)).toEqual([])
})

test('work that needs room for several calls at once is not woken for one', async () => {
  const { org, orgId, Writer } = await team()
  await setBudget(org, { orgId, ...ofDay, limits: { ...noLimits, toolCalls: 2 } })
  const work = await makeWork(org, Writer)
  await takeWake(org, work)
  const verdicts = await inTransaction(org, async (tx) => {
    const kinds: string[] = []
    for (const step of [1, 2, 3]) {
      const asked = { ...work, step, attempt: 1, model: null, isRehearsal: false, worst: cost(0) }
      kinds.push((await reserve(tx, asked)).kind)
    }
    for (const step of [1, 2]) await settle(tx, { ...work, step, attempt: 1, outcome: 'not-sent' })
    return kinds
  })
  expect(verdicts).toEqual(['reserved', 'reserved', 'lacking'])
  await wakeBudgetWaits(database.db)
  expect(await takeWake(org, work)).toBe(false)
  await setBudget(org, { orgId, ...ofDay, limits: { ...noLimits, toolCalls: 3 } })
  expect(await takeWake(org, work)).toBe(true)
})

test('a price wakes what waits for it; without one of its own the catalogue counts again', async () => {
  const { org, orgId, Writer } = await team()
  const work = await makeWork(org, Writer)
  await takeWake(org, work)
  expect((await tryReserve(org, { ...work, step: 1, model: 'acme:giant-1' })).kind).toBe('unpriced')
  expect(await getWait(org, work)).toEqual({ kind: 'price', model: 'acme:giant-1' })
  await wakeBudgetWaits(database.db)
  expect(await takeWake(org, work)).toBe(false)
  expect(await listPrices(org)).toEqual([
    { model: 'rehearsal', source: 'override', input: 1_000_000, output: 2_000_000, cacheRead: 0 },
    { model: 'acme:giant-1', source: 'unknown', input: null, output: null, cacheRead: null },
  ])
  await setPrice(org, { orgId, model: 'acme:giant-1', input: 10, output: 10, cacheRead: null })
  expect(await takeWake(org, work)).toBe(true)
  expect((await tryReserve(org, { ...work, step: 1, model: 'acme:giant-1' })).kind).toBe('reserved')
  expect(await getWait(org, work)).toBeNull()
  await resetPrice(org, { orgId, model: 'rehearsal' })
  expect((await listPrices(org))[0]).toMatchObject({ source: 'rehearsal', input: 0 })
})

test('what people see is what was charged: counters, spend and charges agree, and a price change moves nothing old', async () => {
  const { org, orgId, Lead, Writer } = await team()
  await setBudget(org, { orgId, ...ofDay, limits: { ...noLimits, money: 1_000, steps: 10 } })
  await setBudget(org, {
    orgId,
    scope: 'subtree',
    workspaceId: Lead,
    period: 'tree',
    limits: { ...noLimits, tokens: 500 },
  })
  const lead = await makeWork(org, Lead)
  const part = await makeWork(org, Writer, lead)
  await tryReserve(org, { ...lead, step: 1, worst: { inputTokens: 100, outputTokens: 100 } })
  await settleCall(org, { ...lead, step: 1 }, { inputTokens: 100, outputTokens: 10, cacheReadTokens: 60 })
  await setPrice(org, { orgId, model: 'rehearsal', input: 5_000_000, output: 5_000_000, cacheRead: null })
  await tryReserve(org, { ...part, step: 1, worst: cost(20) })
  await settleCall(org, { ...part, step: 1 }, 'unknown')
  await tryReserve(org, { ...part, step: 2, model: null })
  await settleCall(org, { ...part, step: 2 }, cost(0))
  await tryReserve(org, { ...part, step: 3, worst: cost(50) })

  const [day, tree] = await listBudgets(org)
  expect(day).toMatchObject({ used: { money: 160, steps: 4, toolCalls: 1 }, reserved: { money: 250 }, percent: 41 })
  expect(tree).toMatchObject({ scope: 'subtree', used: { tokens: 130 }, reserved: { tokens: 50 }, percent: 36 })
  expect(await getSpend(org)).toEqual({
    today: { cost: 160, tokens: 130, calls: 3 },
    month: { cost: 160, tokens: 130, calls: 3 },
    byWorkspace: [
      { workspaceId: Writer, cost: 100, tokens: 20, calls: 2, today: 100 },
      { workspaceId: Lead, cost: 60, tokens: 110, calls: 1, today: 60 },
    ],
    byModel: [
      { model: 'rehearsal', cost: 160, tokens: 130, calls: 2, today: 160 },
      { model: null, cost: 0, tokens: 0, calls: 1, today: 0 },
    ],
  })
})

test('the sums of what is long over are cleared, those that still count stay', async () => {
  const { org, orgId, Writer } = await team()
  await setBudget(org, { orgId, ...ofDay, limits: { ...noLimits, money: 1_000 } })
  await setBudget(org, { orgId, ...ofDay, period: 'month', limits: { ...noLimits, money: 1_000 } })
  await setBudget(org, { orgId, ...ofDay, period: 'run', limits: { ...noLimits, money: 1_000 } })
  const [ended, alive] = [await makeWork(org, Writer), await makeWork(org, Writer)]
  const today = new Date().toISOString().slice(0, 10)
  await tryReserve(org, { ...ended, step: 1, worst: cost(1) })
  await movePeriod(org, today, '2020-02-29')
  await movePeriod(org, today.slice(0, 7), '2020-02')
  await tryReserve(org, { ...alive, step: 1, worst: cost(1) })
  await inTransaction(org, (tx) =>
    tx.rows(sql`
      update delegations set state = 'completed', finished_at = now() - interval '2 days'
       where org_id = ${orgId} and id = ${ended.delegationId}`),
  )
  await clearOldCounters(database.db)
  const left = (await readCounters(org)).map(({ key }) => key)
  expect(left.sort()).toEqual([alive.delegationId, today, today.slice(0, 7)].sort())
})

test('another organisation neither sees nor changes a budget', async () => {
  const { org, orgId } = await team()
  const other = await team()
  const { budgetId } = await setBudget(org, { orgId, ...ofDay, limits: { ...noLimits, money: 1 } })
  await expect(removeBudget(other.org, { orgId: other.orgId, budgetId })).rejects.toMatchObject({ code: 'not-found' })
  const asked = { ...ofDay, scope: 'workspace', workspaceId: other.Writer, limits: { ...noLimits, money: 1 } } as const
  await expect(setBudget(org, { orgId, ...asked })).rejects.toMatchObject({ code: 'not-found' })
  const work = await makeWork(other.org, other.Writer)
  expect((await tryReserve(other.org, { ...work, step: 1, worst: cost(100) })).kind).toBe('reserved')
})
