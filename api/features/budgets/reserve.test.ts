import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OrgContext } from '../../kernel/actor.ts'
import { readLog } from '../../testing/engine.ts'
import { makeMember, makeOrg, makeWorkspaces } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import {
  beginDayEarlier,
  makeWork,
  movePeriod,
  noLimits,
  readCounters,
  settleCall,
  tryReserve,
  type Work,
} from './meter.fixture.ts'
import { removeBudget } from './remove-budget.ts'
import { setBudget } from './set-budget.ts'
import { setPrice } from './set-price.ts'

let database: TestDb
beforeAll(async () => {
  database = await openTestDb({ max: 24, patienceMs: 30_000 })
})
afterAll(() => database.close())

/** One micro-dollar a token in, so that a call's worst case in micro-dollars is its prompt in tokens. */
const microADollar = { model: 'rehearsal', input: 1_000_000, output: 1_000_000, cacheRead: null }

async function team() {
  const org = await makeOrg(database.db)
  const { Lead, Writer } = await makeWorkspaces(org, { Lead: { Writer: {} } })
  if (!Lead || !Writer) throw new Error('no team')
  await setPrice(org, { orgId: org.orgId, ...microADollar })
  return { org, Lead, Writer }
}

const today = () => new Date().toISOString().slice(0, 10)
const cost = (tokens: number) => ({ inputTokens: tokens, outputTokens: 0 })

async function limit(
  org: OrgContext,
  given: Omit<Parameters<typeof setBudget>[1], 'orgId' | 'limits'> & { limits: object },
) {
  return await setBudget(org, { orgId: org.orgId, ...given, limits: { ...noLimits, ...given.limits } })
}

test('twenty calls in parallel with a cent left never pass it', async () => {
  const { org, Writer } = await team()
  await limit(org, { scope: 'org', workspaceId: null, period: 'day', limits: { money: 10_000 } })
  const works = await Promise.all(Array.from({ length: 20 }, () => makeWork(org, Writer)))
  const verdicts = await Promise.all(works.map((work) => tryReserve(org, { ...work, step: 1, worst: cost(1_500) })))
  expect(verdicts.filter((verdict) => verdict.kind === 'reserved')).toHaveLength(6)
  const lacking = verdicts.find((verdict) => verdict.kind === 'lacking')
  expect(lacking?.reason).toBe(
    "The organisation's budget for today (UTC) has $0.0010 left of $0.0100 ($0.0090 is held by calls under way); the next call may cost up to $0.0015. An admin or owner can raise it.",
  )
  expect(await readCounters(org)).toMatchObject([{ reservedMoney: 9_000, money: 0 }])
})

test('no interleaving overspends, leaves a part of a reservation, or deadlocks', { timeout: 120_000 }, async () => {
  const levelsOf = ({ Lead, Writer }: Awaited<ReturnType<typeof team>>) =>
    [
      { scope: 'org', workspaceId: null, period: 'day' },
      { scope: 'subtree', workspaceId: Lead, period: 'month' },
      { scope: 'workspace', workspaceId: Writer, period: 'day' },
      { scope: 'org', workspaceId: null, period: 'tree' },
      { scope: 'subtree', workspaceId: Lead, period: 'run' },
    ] as const
  const calls = fc.array(
    fc.record({
      worst: fc.integer({ min: 0, max: 400 }),
      real: fc.double({ min: 0, max: 1, noNaN: true }),
      end: fc.constantFrom('real', 'real', 'unknown', 'not-sent', 'never'),
      who: fc.constantFrom(0, 1, 2),
    }),
    { minLength: 10, maxLength: 40 },
  )
  const caps = fc.array(fc.integer({ min: 0, max: 4_000 }), { minLength: 5, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(calls, caps, async (calls, caps) => {
      const made = await team()
      const { org, Lead, Writer } = made
      const levels = levelsOf(made)
      const lead = await makeWork(org, Lead)
      const works: readonly Work[] = [lead, await makeWork(org, Writer, lead), await makeWork(org, Writer)]
      const limitAll = () =>
        Promise.all(levels.map((level, index) => limit(org, { ...level, limits: { money: caps[index] ?? 0 } })))
      const ids = await limitAll()
      await Promise.all(
        calls.map(async (call, step) => {
          const work = works[call.who] ?? lead
          const verdict = await tryReserve(org, { ...work, step, worst: cost(call.worst) })
          if (verdict.kind !== 'reserved' || call.end === 'never') return
          const real = Math.floor(call.worst * call.real)
          await settleCall(org, { ...work, step }, call.end === 'real' ? cost(real) : call.end)
        }),
      )
      const after = await readCounters(org)
      for (const counter of after) {
        const cap = caps[ids.findIndex(({ budgetId }) => budgetId === counter.budgetId)] ?? 0
        expect(counter.money + counter.reservedMoney).toBeLessThanOrEqual(cap)
      }
      // Counted again from the charges, every level says the same: nothing was kept in part.
      await Promise.all(ids.map(({ budgetId }) => removeBudget(org, { orgId: org.orgId, budgetId })))
      await limitAll()
      expect(sums(await readCounters(org))).toEqual(sums(after))
    }),
    { numRuns: 12 },
  )
  // A deadlock would be tried again and not be seen here: the server counts them.
  const counted = await database.asAdmin(
    'select deadlocks::int from pg_stat_database where datname = current_database()',
  )
  expect(counted).toEqual([{ deadlocks: 0 }])
})

function sums(counters: Awaited<ReturnType<typeof readCounters>>): string[] {
  return counters
    .filter((one) => one.money + one.reservedMoney + one.steps > 0)
    .map(({ budgetId, ...counted }) => Object.values(counted).join(' '))
    .sort()
}

test('all levels or none: what one level refuses is reserved at no other', async () => {
  const { org, Lead, Writer } = await team()
  await limit(org, { scope: 'org', workspaceId: null, period: 'day', limits: { money: 1_000, steps: 10 } })
  await limit(org, { scope: 'subtree', workspaceId: Lead, period: 'month', limits: { money: 500 } })
  await limit(org, { scope: 'workspace', workspaceId: Writer, period: 'run', limits: { tokens: 100 } })
  const work = await makeWork(org, Writer)
  const verdict = await tryReserve(org, { ...work, step: 1, worst: cost(101) })
  expect(verdict).toEqual({
    kind: 'lacking',
    reason:
      'The budget of Writer for each run has 100 tokens left of 100 tokens; the next call may take up to 101 tokens. A manager, admin or owner can raise it.',
  })
  for (const counter of await readCounters(org)) {
    expect(counter).toMatchObject({ money: 0, reservedMoney: 0, tokens: 0, reservedTokens: 0, steps: 0 })
  }
})

test('asking and settling twice change nothing; a doubtful call is charged its worst case, one not sent nothing', async () => {
  const { org, Writer } = await team()
  await limit(org, { scope: 'org', workspaceId: null, period: 'day', limits: { money: 1_000 } })
  const work = await makeWork(org, Writer)
  const call = { ...work, step: 1, worst: cost(300) }
  await Promise.all([tryReserve(org, call), tryReserve(org, call).catch((error: unknown) => error)])
  await tryReserve(org, call)
  expect(await readCounters(org)).toMatchObject([{ reservedMoney: 300, steps: 1 }])
  expect(await settleCall(org, call, { inputTokens: 100, outputTokens: 20 })).toBe(120)
  expect(await settleCall(org, call, 'unknown')).toBe(120)
  expect(await tryReserve(org, call)).toMatchObject({ kind: 'reserved' })
  expect(await readCounters(org)).toMatchObject([{ money: 120, reservedMoney: 0, steps: 1 }])

  await tryReserve(org, { ...call, step: 2 })
  expect(await settleCall(org, { ...call, step: 2 }, 'unknown')).toBe(300)
  await tryReserve(org, { ...call, step: 3 })
  expect(await settleCall(org, { ...call, step: 3 }, 'not-sent')).toBe(0)
  expect(await readCounters(org)).toMatchObject([{ money: 420, reservedMoney: 0, steps: 2 }])
  expect(await tryReserve(org, { ...call, step: 3 })).toMatchObject({ kind: 'reserved' })
  expect(await readCounters(org)).toMatchObject([{ money: 420, reservedMoney: 300, steps: 3 }])
})

test('a model without a price is never called, and nothing is free by accident', async () => {
  const { org, Writer } = await team()
  const work = await makeWork(org, Writer)
  const call = { ...work, step: 1, worst: cost(10), model: 'acme:giant-1' }
  expect(await tryReserve(org, call)).toEqual({
    kind: 'unpriced',
    reason: 'Nobody knows what acme:giant-1 costs, so it is not called. An admin or owner can set its price.',
  })
  await setPrice(org, { orgId: org.orgId, ...microADollar, model: 'acme:giant-1' })
  expect(await tryReserve(org, call)).toMatchObject({ kind: 'reserved' })
  await tryReserve(org, { ...call, step: 2, model: 'anthropic:claude-sonnet-4-5', worst: cost(1_000) })
  expect(await settleCall(org, { ...call, step: 2 }, cost(1_000))).toBe(3_000)
})

test('steps, tool calls and seconds are limits too', async () => {
  const { org, Writer } = await team()
  await limit(org, {
    scope: 'workspace',
    workspaceId: Writer,
    period: 'run',
    limits: { steps: 3, toolCalls: 1, seconds: 60 },
  })
  const work = await makeWork(org, Writer)
  const reserved = await tryReserve(org, { ...work, step: 1, model: null })
  expect(reserved).toEqual({ kind: 'reserved', withinMs: 60_000 })
  expect(await tryReserve(org, { ...work, step: 2, model: null })).toMatchObject({
    reason:
      'The budget of Writer for each run has 0 tool calls left of 1 tool call; the next call would pass it. A manager, admin or owner can raise it.',
  })
  await tryReserve(org, { ...work, step: 2 })
  await tryReserve(org, { ...work, step: 3 })
  expect(await tryReserve(org, { ...work, step: 4 })).toMatchObject({ kind: 'lacking' })
  expect(await tryReserve(org, { ...(await makeWork(org, Writer)), step: 1 })).toMatchObject({ kind: 'reserved' })
})

test('a budget counts what was spent before it was made, and a call under way is settled into it', async () => {
  const { org, Writer } = await team()
  const work = await makeWork(org, Writer)
  await tryReserve(org, { ...work, step: 1, worst: cost(300) })
  await tryReserve(org, { ...work, step: 2, worst: cost(200) })
  await settleCall(org, { ...work, step: 1 }, cost(250))
  await limit(org, { scope: 'org', workspaceId: null, period: 'month', limits: { money: 500 } })
  expect(await readCounters(org)).toMatchObject([{ money: 250, reservedMoney: 200, steps: 2 }])
  expect(await tryReserve(org, { ...work, step: 3, worst: cost(100) })).toMatchObject({ kind: 'lacking' })
  await settleCall(org, { ...work, step: 2 }, cost(10))
  expect(await readCounters(org)).toMatchObject([{ money: 260, reservedMoney: 0, steps: 2 }])
  expect(await tryReserve(org, { ...work, step: 3, worst: cost(100) })).toMatchObject({ kind: 'reserved' })
})

test('the next day begins with an empty counter, without a job', async () => {
  const { org, Writer } = await team()
  await limit(org, { scope: 'org', workspaceId: null, period: 'day', limits: { money: 100 } })
  const work = await makeWork(org, Writer)
  await tryReserve(org, { ...work, step: 1, worst: cost(100) })
  expect(await tryReserve(org, { ...work, step: 2, worst: cost(100) })).toMatchObject({ kind: 'lacking' })
  await movePeriod(org, today(), '2020-02-29')
  expect(await tryReserve(org, { ...work, step: 2, worst: cost(100) })).toMatchObject({ kind: 'reserved' })
})

test('a call that began before midnight is settled into the day it began in', async () => {
  const { org, Writer } = await team()
  await limit(org, { scope: 'org', workspaceId: null, period: 'day', limits: { money: 100 } })
  const work = await makeWork(org, Writer)
  await tryReserve(org, { ...work, step: 1, worst: cost(100) })
  await beginDayEarlier(org)
  await tryReserve(org, { ...work, step: 2, worst: cost(60) })
  await settleCall(org, { ...work, step: 1 }, cost(70))
  const [yesterday, now] = await readCounters(org)
  expect(yesterday).toMatchObject({ money: 70, reservedMoney: 0, steps: 1 })
  expect(now).toMatchObject({ key: today(), money: 0, reservedMoney: 60, steps: 1 })
})

test('50, 80 and 95 % are told once each', async () => {
  const { org, Writer } = await team()
  await limit(org, { scope: 'org', workspaceId: null, period: 'day', limits: { money: 1_000 } })
  const work = await makeWork(org, Writer)
  for (const step of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
    await tryReserve(org, { ...work, step, worst: cost(100) })
    await settleCall(org, { ...work, step }, cost(100))
  }
  const told = (await readLog(org)).filter((event) => event.type === 'budget.warned')
  expect(told.map((event) => event.payload.percent)).toEqual([50, 80, 95])
})

test('members set no budget, managers those of workspaces, admins that of the organisation', async () => {
  const { org, Writer } = await team()
  const ofOrg = { scope: 'org', workspaceId: null, period: 'day', limits: { money: 1 } } as const
  const ofWriter = { scope: 'workspace', workspaceId: Writer, period: 'day', limits: { money: 1 } } as const
  const [member, manager, admin] = [
    await makeMember(org, 'member'),
    await makeMember(org, 'manager'),
    await makeMember(org, 'admin'),
  ]
  await expect(limit(member, ofWriter)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(limit(manager, ofOrg)).rejects.toMatchObject({ code: 'forbidden' })
  await limit(manager, ofWriter)
  await limit(admin, ofOrg)
})
