import { expect, test } from 'vitest'
import { amountWords } from './words.ts'

test('amounts are told in the unit people think in', () => {
  expect(amountWords('storageBytes', 0)).toBe('0 bytes')
  expect(amountWords('storageBytes', 1_500)).toBe('1.5 KB')
  expect(amountWords('storageBytes', 20 * 1024 ** 3)).toBe('20 GB')
  expect(amountWords('readsPerSecond', 150)).toBe('150 a second')
  expect(amountWords('eventsPerSecond', 0.34)).toBe('0.3')
  expect(amountWords('workspaces', 5_000)).toBe('5,000')
})
