import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changes, places } from './match-items.ts'

test('an item stays where it can be told again, also moved; of two equal ones the one beside what changed', () => {
  expect(places(['a', 'b', 'c'], ['c', 'x', 'a'])).toEqual([2, -1, 0])
  expect(places(['a', 'b'], ['b', 'b'])).toEqual([-1, 1])
  expect(places(['b', 'b'], ['b', 'a'])).toEqual([0, -1])
  expect(places([{ any_of: ['a'] }, 'b'], ['b', { any_of: ['a'] }])).toEqual([1, 0])
})

test('a new text stands for one that is gone from the same place, or else for the one it is most like', () => {
  expect(changes(['a', 'b', 'c'], ['x', 'b', 'y'])).toEqual([
    { at: 0, item: 'x' },
    { at: 2, item: 'y' },
  ])
  expect(changes(['haiku', 'sonnet', 'c'], ['sonne', 'c'])).toEqual([{ at: 1, item: 'sonne' }])
  expect(changes(['haiku', 'c'], ['x', 'haik', 'c'])).toEqual([{ at: 0, item: 'haik' }])
  expect(changes(['haiku', 'sonnet'], ['x'])).toEqual([])
  expect(changes(['a', 'b'], ['b', 'x'])).toEqual([])
  expect(changes(['a'], [{ any_of: ['b'] }])).toEqual([])
})

test('whatever the lists: no place is taken twice', () => {
  const list = fc.array(fc.constantFrom('a', 'b', 'ab', 'abc', 'c', 'd'))
  fc.assert(
    fc.property(list, list, (values, wanted) => {
      const taken = [...places(values, wanted).filter((at) => at >= 0), ...changes(values, wanted).map(({ at }) => at)]
      expect(new Set(taken).size).toBe(taken.length)
      if (values.length === wanted.length && values.filter((value, at) => value !== wanted[at]).length === 1) {
        expect(changes(values, wanted)).toHaveLength(1)
      }
    }),
  )
})
