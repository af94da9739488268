import { expect, test } from 'vitest'
import { type Circuit, closed, failed, standsOpen, tried, undecided } from './circuit.ts'

const after = (times: number, circuit: Circuit = closed, now = 0): Circuit =>
  Array.from({ length: times }).reduce<Circuit>((one) => failed(one, '503: too busy', now), circuit)

test('it opens at the fifth failure in a row and not before', () => {
  expect(standsOpen(after(4), 0)).toBe(false)
  expect(standsOpen(after(5), 0)).toBe(true)
})

test('after the pause one call tries; the rest wait for what comes of it', () => {
  const open = after(5)
  expect(standsOpen(open, 15_000)).toBe(false)
  const trying = tried(open, 15_000)
  expect(standsOpen(trying, 15_001)).toBe(true)
  expect(standsOpen(failed(trying, '503', 16_000), 16_001)).toBe(true)
  expect(standsOpen(failed(trying, '503', 16_000), 46_001)).toBe(false)
})

test('a try that was stopped, or of which nobody ever told the end, does not keep the others waiting for ever', () => {
  const trying = tried(after(5), 15_000)
  expect(standsOpen(undecided(trying, 16_000), 16_000)).toBe(false)
  expect(standsOpen(trying, 15_000 + 300_000)).toBe(false)
  const failedMeanwhile = failed(trying, '503', 16_000)
  expect(undecided(failedMeanwhile, 16_001)).toBe(failedMeanwhile)
})

test('the pause doubles, up to five minutes', () => {
  expect(after(6).openUntil).toBe(30_000)
  expect(after(30).openUntil).toBe(300_000)
})

test('what is not open is not changed by a call', () => {
  expect(tried(closed, 5)).toBe(closed)
})
