import { expect, test } from 'vitest'
import { filterLines } from './filter-lines.ts'

const line = { runtime: 'native', model: 'rehearsal', tier: 2, writes: [], role: '', action: 'create' as const }
const lines = [
  { ...line, path: ['Lead'], role: 'Leads the team.' },
  { ...line, path: ['Lead', 'Writer'], action: 'keep' as const },
  { ...line, path: ['Lead', 'Coder'], model: 'openai:gpt-5' },
]
const names = (words: string, action: 'all' | 'create' | 'keep' = 'all') =>
  filterLines(lines, { action, words }).map(({ path }) => path.at(-1))

test('lines are found by every word, wherever it stands', () => {
  expect(names('')).toEqual(['Lead', 'Writer', 'Coder'])
  expect(names('lead WRITER')).toEqual(['Writer'])
  expect(names('gpt')).toEqual(['Coder'])
  expect(names('nothing')).toEqual([])
})

test('and by what happens to them', () => {
  expect(names('', 'keep')).toEqual(['Writer'])
  expect(names('coder', 'keep')).toEqual([])
})
