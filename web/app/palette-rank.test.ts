import { expect, test } from 'vitest'
import { paletteRank } from './palette-rank.ts'

const rank = (query: string) => paletteRank('files 1', query, ['system-prompt.md', 'Mason'])

test('a line is found by its words in any order, and then comes before a likeness of letters', () => {
  expect(rank('mason prompt')).toBeGreaterThanOrEqual(0.5)
  expect(rank('prompt mason')).toBeGreaterThanOrEqual(0.5)
  expect(rank('smpt')).toBeGreaterThan(0)
  expect(rank('smpt')).toBeLessThan(0.5)
  expect(rank('zzzz')).toBe(0)
})
