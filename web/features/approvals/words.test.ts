import { expect, test } from 'vitest'
import { argsLine, clipArgs, expiryWords, moreWords, prettyArgs, splitSeconds } from './words.ts'

test('arguments are shown with line breaks, and as they are where they are no JSON', () => {
  expect(prettyArgs('{"a":{"b":1}}')).toBe('{\n  "a": {\n    "b": 1\n  }\n}')
  expect(prettyArgs('{"a":"cut off')).toBe('{"a":"cut off')
})

test('in one line arguments are their values', () => {
  expect(argsLine('{"workspace":"Ann","count":2,"of":["x"]}')).toBe('Ann · 2 · ["x"]')
  expect(argsLine('{"a":"cut off')).toBe('{"a":"cut off')
})

test('short arguments are shown whole, long ones are clipped by lines and by length', () => {
  expect(clipArgs('{}')).toBeUndefined()
  expect(clipArgs(Array(20).fill('x').join('\n'))?.split('\n')).toHaveLength(9)
  expect(clipArgs('x'.repeat(4_000))?.length).toBe(482)
})

test('what is left out of arguments is counted', () => {
  expect(moreWords({ args: '{}', whole: null })).toBeUndefined()
  expect(moreWords({ args: 'x'.repeat(4_000), whole: { chars: 5_234, sha256: '' } })).toBe('1,234 more characters')
})

test('a time is said in the largest unit that fits', () => {
  expect(splitSeconds(5_400)).toEqual({ count: 90, unit: 'minutes' })
  expect(splitSeconds(86_400)).toEqual({ count: 1, unit: 'days' })
  expect(expiryWords(600)).toBe('10 min')
  expect(expiryWords(61)).toBe('61 s')
})
