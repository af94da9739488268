import { expect, test } from 'vitest'
import { isLike } from './is-like.ts'

test('a pattern means any text at each star and nothing else', () => {
  expect(isLike('a*b*c', 'a1b2c')).toBe(true)
  expect(isLike('a*b*c', 'abc')).toBe(true)
  expect(isLike('a*b*c', 'ac')).toBe(false)
  expect(isLike('a*a', 'a')).toBe(false)
  expect(isLike('a.c', 'abc')).toBe(false)
  expect(isLike('*', '')).toBe(true)
})
