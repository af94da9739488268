import { expect, test } from 'vitest'
import { asNumber, oneOf, read, readStored, write } from './storage.ts'

test('where there is no storage, a read gives the fallback and a write says no', () => {
  expect(readStored('theme', oneOf('light', 'dark'), 'light')).toBe('light')
  expect(write(undefined, 'theme', 'dark')).toBe(false)
})

test('a full storage says no instead of throwing', () => {
  expect(write(areaOf({ isFull: true }), 'text', 'long')).toBe(false)
})

test('what was written is read back under the same name', () => {
  const area = areaOf({ isFull: false })
  write(area, 'width', 360)
  expect(read(area, 'width')).toBe('360')
})

test('a value of another shape is not taken', () => {
  expect(oneOf('light', 'dark')('blue')).toBeUndefined()
  expect(asNumber(Number.NaN)).toBeUndefined()
})

function areaOf({ isFull }: { isFull: boolean }): Storage {
  const entries = new Map<string, string>()
  return {
    length: 0,
    clear: () => entries.clear(),
    key: () => null,
    getItem: (key) => entries.get(key) ?? null,
    removeItem: (key) => entries.delete(key),
    setItem: (key, value) => {
      if (isFull) throw new DOMException('full', 'QuotaExceededError')
      entries.set(key, value)
    },
  }
}
