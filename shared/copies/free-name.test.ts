import { expect, test } from 'vitest'
import { takeFreeName } from './free-name.ts'

test('a name that is free stays; one that is taken gets the next free number', () => {
  const taken = new Set(['Scout', 'Scout 2', 'Cook'])
  expect(takeFreeName('Baker', taken)).toBe('Baker')
  expect(takeFreeName('Scout', taken)).toBe('Scout 3')
  expect(takeFreeName('Scout', taken)).toBe('Scout 4')
  expect(takeFreeName('Scout 2', taken)).toBe('Scout 5')
  expect(takeFreeName('Baker', taken)).toBe('Baker 2')
})

test('a number never makes a name too long', () => {
  const long = 'x'.repeat(80)
  const free = takeFreeName(long, new Set([long]))
  expect(free).toHaveLength(80)
  expect(free.endsWith(' 2')).toBe(true)
})
