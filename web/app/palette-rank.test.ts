import { expect, test } from 'vitest'
import { bestFirst, paletteRank } from './palette-rank.ts'

const line = (title: string, hint = '', keywords: string[] = []) => ({ title, hint, keywords })
const rank = (query: string) => paletteRank(line('system-prompt.md', 'Mason'), query)
const found = (titles: string[], query: string) =>
  bestFirst(
    titles.map((title) => line(title)),
    query,
  ).map((one) => one.line.title)

test('a line is found by its words in any order, and then comes before a likeness of letters', () => {
  expect(rank('mason prompt')).toBeGreaterThanOrEqual(0.5)
  expect(rank('prompt mason')).toBeGreaterThanOrEqual(0.5)
  expect(rank('smpt')).toBeGreaterThan(0)
  expect(rank('smpt')).toBeLessThan(0.5)
  expect(rank('zzzz')).toBe(0)
})

test('the best fit stands first: a name that begins so, a word that does, a part of one', () => {
  const titles = ['Give the dock all the room, or share it again', 'Resign', 'Design sign', 'Sign out']
  expect(found(titles, 'sign')).toEqual(['Sign out', 'Design sign', 'Resign'])
})

test('letters in a row are offered only where nothing has the words', () => {
  expect(found(['Rename workspace', 'Extract from team'], 're')).toEqual(['Rename workspace'])
  expect(found(['Rename workspace', 'Fit the whole org'], 'rnw')).toEqual(['Rename workspace'])
})
