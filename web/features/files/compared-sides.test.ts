import { expect, test } from 'vitest'
import type { FileVersion } from '#shared/files/contract.ts'
import { comparedSides, comparisonChoices, readChoice, sayComparison } from './compared-sides.ts'

function versionsTo(newest: number): FileVersion[] {
  return Array.from({ length: newest }, (_, index) => ({
    version: newest - index,
    bytes: 10,
    savedBy: 'Bea',
    savedAt: '2031-05-04T10:00:00.000Z',
    linesAdded: 1,
    linesRemoved: 0,
    restoredFrom: null,
  }))
}

test('the older of two versions stands on the left, whichever was chosen first', () => {
  expect(comparedSides(3, 2)).toEqual({ left: 2, right: 3 })
  expect(comparedSides(3, 5)).toEqual({ left: 3, right: 5 })
})

test('the text as it is now is newer than every version', () => {
  expect(comparedSides(3, 'now')).toEqual({ left: 3, right: 'now' })
  expect(sayComparison(comparedSides(3, 'now'))).toBe('Version 3 on the left, the text as it is now on the right')
})

test('two versions are named, and the first one alone', () => {
  expect(sayComparison({ left: 2, right: 3 })).toBe('Version 2 on the left, version 3 on the right')
  expect(sayComparison({ left: 0, right: 1 })).toBe('Version 1, the first one')
})

test('every version can be compared with the text as it is now and with each other one', () => {
  expect(comparisonChoices(2, versionsTo(3)).map(({ value, label }) => [readChoice(value), label])).toEqual([
    ['now', 'with the text as it is now'],
    [3, 'with version 3, Bea'],
    [1, 'with the one before (1)'],
  ])
})

test('the only version of a file can be compared with the text as it is now too', () => {
  expect(comparisonChoices(1, versionsTo(1)).map(({ value }) => readChoice(value))).toEqual([0, 'now'])
})
