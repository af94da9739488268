import { expect, test, vi } from 'vitest'
import { betweenKeys, noteKey } from './between-keys.ts'
import { holdClock } from './testing/hold-clock.ts'

holdClock()

test('what can wait is done at once where nobody types', () => {
  const done: string[] = []
  betweenKeys(() => done.push('cards'))
  vi.advanceTimersByTime(1)
  expect(done).toEqual(['cards'])
})

test('while somebody types it is done after the next letter is drawn, not before it', () => {
  const done: string[] = []
  noteKey('a')
  betweenKeys(() => done.push('cards'))
  vi.advanceTimersByTime(100)
  expect(done).toEqual([])
  noteKey('b')
  vi.advanceTimersByTime(15)
  expect(done).toEqual([])
  vi.advanceTimersByTime(2)
  expect(done).toEqual(['cards'])
})

test('where no other key comes it is done soon, all of it in the order it was asked for', () => {
  const done: string[] = []
  noteKey('a')
  for (const one of ['cards', 'draft', 'words']) betweenKeys(() => done.push(one))
  vi.advanceTimersByTime(199)
  expect(done).toEqual([])
  vi.advanceTimersByTime(300)
  expect(done).toEqual(['cards', 'draft', 'words'])
})

test('keys that write nothing hold nothing up', () => {
  const done: string[] = []
  vi.advanceTimersByTime(1_000)
  noteKey('ArrowDown')
  betweenKeys(() => done.push('cards'))
  vi.advanceTimersByTime(1)
  expect(done).toEqual(['cards'])
})
