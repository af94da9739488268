import { expect, test, vi } from 'vitest'
import { noteKey, typingPaceMs } from './between-keys.ts'
import { gathered } from './gathered.ts'
import { holdClock } from './testing/hold-clock.ts'

holdClock()

test('many events are answered once, and those after it once more', () => {
  let runs = 0
  const tell = gathered(200, () => runs++)
  for (let event = 0; event < 10; event++) tell()
  vi.advanceTimersByTime(199)
  expect(runs).toBe(0)
  vi.advanceTimersByTime(1)
  expect(runs).toBe(1)
  tell()
  vi.advanceTimersByTime(200)
  expect(runs).toBe(2)
})

test('while somebody types it waits, a second at most, and runs after a letter is drawn', () => {
  const ranAt: number[] = []
  const began = performance.now()
  const tell = gathered(200, () => ranAt.push(performance.now() - began))
  tell()
  let key = 0
  for (; ranAt.length === 0 && key < 100; key++) {
    noteKey('a')
    vi.advanceTimersByTime(50)
  }
  const [first = 0] = ranAt
  expect(first).toBeGreaterThanOrEqual(typingPaceMs)
  expect(first).toBeLessThan(typingPaceMs + 200)
  // 17 ms after a key: its letter is drawn.
  expect(first % 50).toBeGreaterThan(15)
  expect(first % 50).toBeLessThan(20)
})

test('in a pause it waits no longer', () => {
  let runs = 0
  const tell = gathered(200, () => runs++)
  noteKey('a')
  tell()
  vi.advanceTimersByTime(200)
  expect(runs).toBe(0)
  vi.advanceTimersByTime(100)
  expect(runs).toBe(1)
})
