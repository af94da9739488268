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

test.each([
  ['`2**3` is 8, `4**2` is 16', '2**3 is 8, 4**2 is 16'],
  ['`__init__` comes first', '__init__ comes first'],
  ['```python\nif __name__ == "__main__":\n    run()\n```\n**Done**', 'if __name__ == "__main__": run() Done'],
  ['~~~js\nhandlers[i](event)\n~~~', 'handlers[i](event)'],
  ['``a `tick` b`` and `*c*`', 'a `tick` b and *c*'],
  ['**Run `npm test`**, see [`a*b*c`](https://example.com)', 'Run npm test, see a*b*c'],
  ['```npm start```', 'npm start'],
  ['```npm start\nnpm test\n```', 'npm start npm test'],
  ['```\nno end: **a**', 'no end: **a**'],
  ['one \uFFFC, `two`', 'one \uFFFC, two'],
  ['[a](b`c`d) and `e`', '[a](bcd) and e'],
])('code stays as it is written: %j', (markdown, words) => {
  expect(plainWords(markdown)).toBe(words)
})

test('a table keeps its cells, and loses the line below its head', () => {
  expect(plainWords('| a | b |\n|---|:--:|\n| 1 | 2 |')).toBe('| a | b | | 1 | 2 |')
})

test('what seems to begin again and again takes no time', () => {
  const startedAt = Date.now()
  for (const each of ['**a ', '-', '[', '`', '- |', '* a', ' ', '`a``b', '```\n', '```a ', '~~~\n~', '\uFFFC'])
    plainWords(each.repeat(100_000))
  expect(Date.now() - startedAt).toBeLessThan(500)
})

test('signs that mark nothing stay', () => {
  for (const text of ['2 * 3 * 4', 'a_name and __', 'x ** y', 'C# is #1', '5 > 4', '-5 degrees', '**', ''])
    expect(plainWords(text)).toBe(text)
})
