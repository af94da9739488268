import { expect, test } from 'vitest'
import { summary } from './summary.ts'

test('what came together is one line, the worst first', () => {
  expect(summary(['budget', 'failed', 'budget', 'failed', 'lost'])).toEqual({
    title: '2 delegations failed, 1 delegation was lost, 2 stops at budgets',
    tone: 'failed',
  })
  expect(summary(['input'])).toEqual({ title: '1 delegation waits for you', tone: 'plain' })
})

test('what waits at the bell or has a banner of its own interrupts nobody', () => {
  expect(summary(['completed', 'joined', 'loop', 'approval'])).toBeUndefined()
  expect(summary([])).toBeUndefined()
})
