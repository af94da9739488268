import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { atMostEvery } from './at-most-every.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('the first word is followed at once, a flood of them once in each while, and the last is not lost', () => {
  let acts = 0
  const say = atMostEvery(15_000, () => {
    acts++
  })
  say()
  vi.advanceTimersByTime(1)
  expect(acts).toBe(1)
  for (let second = 0; second < 14; second++) {
    say()
    vi.advanceTimersByTime(1_000)
  }
  expect(acts).toBe(1)
  vi.advanceTimersByTime(1_000)
  expect(acts).toBe(2)
  vi.advanceTimersByTime(60_000)
  expect(acts).toBe(2)
})
