import { expect, test } from 'vitest'
import { formatIn, formatUntil } from './format-until.ts'

test('a time to come is said in its largest unit', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  const said = (then: string) => formatUntil(then, now)
  expect(said('2025-12-31T23:59:00Z')).toBe('now')
  expect(said('2026-01-01T00:00:08Z')).toBe('in 8 s')
  expect(said('2026-01-01T00:05:00Z')).toBe('in 5 min')
  expect(said('2026-01-01T03:00:00Z')).toBe('in 3 h')
  expect(said('2026-01-03T00:00:00Z')).toBe('in 2 d')
})

test('an instant is told in the zone asked for', () => {
  expect(formatIn('Asia/Tokyo', '2026-01-01T00:00:00Z')).toMatch(/9/)
})
