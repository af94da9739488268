import { expect, test } from 'vitest'
import { describeGroup, mergeEnvGroups, missingGroups } from './env-groups.ts'

const anyOf = (...names: string[]) => ({ any_of: names })

test('a strict name makes the groups that contain it superfluous', () => {
  const { required } = mergeEnvGroups([['A'], [anyOf('A', 'B'), anyOf('C', 'D')], undefined], [])
  expect(required).toEqual([['A'], ['C', 'D']])
})

test('what is required is not recommended again', () => {
  const merged = mergeEnvGroups(
    [['A', anyOf('B', 'C')]],
    [['A', 'D', anyOf('C', 'B'), anyOf('A', 'E'), anyOf('D', 'F')]],
  )
  expect(merged.recommended).toEqual([['D']])
})

test('a group is met by one of its names', () => {
  const groups = [['A', 'B'], ['C']]
  expect(missingGroups(groups, new Set(['B']))).toEqual([['C']])
  expect(missingGroups(groups, new Set(['C']))).toEqual([['A', 'B']])
})

test('equal requirements from several levels count once', () => {
  expect(mergeEnvGroups([['A'], ['A'], [anyOf('X', 'Y')], [anyOf('Y', 'X')]], []).required).toEqual([['A'], ['Y', 'X']])
})

test('a group reads as a person would say it', () => {
  expect([['A'], ['A', 'B'], ['A', 'B', 'C']].map(describeGroup)).toEqual(['A', 'A or B', 'A, B or C'])
})
