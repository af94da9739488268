import { expect, test } from 'vitest'
import { explainLack, type Lack } from './explain-lack.ts'

const lack: Lack = {
  scope: 'subtree',
  workspace: 'Research',
  period: 'month',
  what: 'money',
  limit: 5_000_000,
  used: 4_990_000,
  reserved: 0,
  needed: 45_000,
}

test('it names the budget, what is left, what is needed and who can help', () => {
  expect(explainLack(lack)).toBe(
    'The budget of Research and everything below it for this month (UTC) has $0.0100 left of $5.00; the next call may cost up to $0.0450. A manager, admin or owner can raise it.',
  )
  expect(explainLack({ ...lack, scope: 'org', workspace: null, period: 'run', what: 'steps', limit: 1, used: 1 })).toBe(
    "The organisation's budget for each run has 0 steps left of 1 step; the next call would pass it. An admin or owner can raise it.",
  )
})

test('a limit lowered below what is used has nothing left, not less', () => {
  expect(explainLack({ ...lack, limit: 1_000_000 })).toContain('has $0.0000 left of $1.00')
})
