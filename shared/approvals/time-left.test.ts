import { expect, test } from 'vitest'
import { formatLeft } from './time-left.ts'

test.each([
  [0, 'time is over'],
  [500, '1 s left'],
  [59_000, '59 s left'],
  [60_000, '1 min left'],
  [599_000, '9 min left'],
  [3_600_000, '1 h left'],
  [86_400_000 * 30, '30 d left'],
])('%d ms: %s', (ms, words) => {
  expect(formatLeft(new Date(ms).toISOString(), 0)).toBe(words)
})
