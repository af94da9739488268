import { expect, test } from 'vitest'
import { argsLine, expiryWords, moreWords, splitSeconds } from './words.ts'

test('in one line arguments are their values', () => {
  expect(argsLine('{"workspace":"Ann","count":2,"of":["x"]}')).toBe('Ann · 2 · ["x"]')
  expect(argsLine('{"a":"cut off')).toBe('{"a":"cut off')
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
