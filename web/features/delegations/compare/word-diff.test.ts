import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffWords, type Stretch } from './word-diff.ts'

test('words that went and words that came stand where they were', () => {
  expect(diffWords('The tide is low today.', 'The tide is high today.').map(said)).toEqual([
    ' The tide is ',
    '-low ',
    '+high ',
    ' today.',
  ])
  expect(diffWords('', 'New').map(said)).toEqual(['+New'])
  expect(diffWords('Gone', '').map(said)).toEqual(['-Gone'])
  expect(diffWords('Same', 'Same').map(said)).toEqual([' Same'])
})

test('either side gives its own text back, to the last space', () => {
  const words = fc.array(fc.constantFrom('tide', 'moon', 'sea', ' ', '\n', 'low'), { maxLength: 30 })
  fc.assert(
    fc.property(words, words, (one, other) => {
      const parts = diffWords(one.join(' '), other.join(' '))
      expect(parts.map(({ before }) => before).join('')).toBe(one.join(' '))
      expect(parts.map(({ after }) => after).join('')).toBe(other.join(' '))
    }),
  )
})

test('very long texts are compared in time', () => {
  const long = Array.from({ length: 40_000 }, (_, index) => `word${index}`).join(' ')
  expect(diffWords(long, `${long} more`).map(({ is }) => is)).toEqual(['removed', 'added'])
  const lines = Array.from({ length: 900 }, (_, index) => `one two three ${index}\n`).join('')
  expect(diffWords(lines, `${lines}last`).map(said).at(-1)).toBe('+last')
})

const marks = { same: ' ', removed: '-', added: '+' }

function said({ is, before, after }: Stretch): string {
  return `${marks[is]}${is === 'removed' ? before : after}`
}
