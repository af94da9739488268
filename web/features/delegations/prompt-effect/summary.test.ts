import { expect, test } from 'vitest'
import type { PromptCase } from '#shared/delegations/replay-contract.ts'
import { DelegationId } from '#shared/kernel/ids.ts'
import { costOf, summaryOf } from './summary.ts'

const one: PromptCase = {
  delegationId: DelegationId.parse('01890000-0000-7000-8000-000000000001'),
  task: 'Plan it',
  answer: 'Done',
  finishedAt: '2026-01-31T09:00:00.000Z',
  modelCalls: 1,
  tokens: 100,
  cost: 500,
  estimate: 600,
}
const real = { model: 'openai:gpt-4o', isRehearsal: false }

test('the button says what it will spend, before it is spent', () => {
  expect(costOf({ ...real, cases: [one, one] })).toMatchObject({ act: 'Try it on 2 delegations for about $0.0012' })
  expect(costOf({ model: 'rehearsal', isRehearsal: true, cases: [{ ...one, estimate: 0 }] }).act).toBe(
    'Try it on one delegation',
  )
  expect(costOf({ ...real, cases: [one, { ...one, estimate: null }] })).toMatchObject({ isKnown: false })
})

test('it counts on, then says what changed', () => {
  const nothing = { isRunning: false, done: 0, changed: 0, failed: 0, cost: 0 }
  expect(summaryOf(nothing, 5)).toBe('')
  expect(summaryOf({ ...nothing, isRunning: true, done: 2 }, 5)).toBe('2 of 5 tried')
  expect(summaryOf({ ...nothing, done: 3, changed: 1, failed: 1, cost: 1_200 }, 3)).toBe(
    '1 answer changed · 2 stayed the same · 1 did not complete · $0.0012 spent',
  )
})
