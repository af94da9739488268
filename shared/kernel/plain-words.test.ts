import { expect, test } from 'vitest'
import { plainWords } from './plain-words.ts'

test('an answer in one line has its words and not its marks', () => {
  const answer = [
    '## What we know',
    '',
    '**Asked:** which *vendor*? See [the list](https://example.com/a_b) and `prices.csv`.',
    '> quoted',
    '- one',
    '2. two',
    '```ts',
    'const n = a * b * c',
    '```',
  ].join('\n')
  expect(plainWords(answer)).toBe(
    'What we know Asked: which vendor? See the list and prices.csv. quoted one two const n = a * b * c',
  )
})

test('a table keeps its cells, and loses the line below its head', () => {
  expect(plainWords('| a | b |\n|---|:--:|\n| 1 | 2 |')).toBe('| a | b | | 1 | 2 |')
})

test('what seems to begin again and again takes no time', () => {
  const startedAt = performance.now()
  for (const each of ['**a ', '-', '[', '`', '- |', '* a']) plainWords(each.repeat(100_000))
  expect(performance.now() - startedAt).toBeLessThan(500)
})

test('signs that mark nothing stay', () => {
  for (const text of ['2 * 3 * 4', 'a_name and __', 'x ** y', 'C# is #1', '5 > 4', '-5 degrees', '**', ''])
    expect(plainWords(text)).toBe(text)
})
