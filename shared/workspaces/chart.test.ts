import { expect, test } from 'vitest'
import { WorkspaceId } from '../kernel/ids.ts'
import { canHold } from './can-hold.ts'
import { chartOf, chartWith, descendantsOf, levelsOf } from './chart.ts'

const id = (index: number) => WorkspaceId.parse(`00000000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`)
const of = (...pairs: readonly (readonly [number, number | null])[]) =>
  chartOf(pairs.map(([child, parent]) => ({ id: id(child), parentId: parent === null ? null : id(parent) })))
/** 1 ─ (2 ─ (4, 5), 3 ─ 6), and 7 alone. */
const chart = of([1, null], [2, 1], [3, 1], [4, 2], [5, 2], [6, 3], [7, null])

test('those below stand in reading order, parents before their children', () => {
  expect(descendantsOf(chart, id(1))).toEqual([2, 4, 5, 3, 6].map(id))
  expect(descendantsOf(chart, id(7))).toEqual([])
  expect(chart.childrenOf(null)).toEqual([id(1), id(7)])
})

test('a team has as many levels as its longest line', () => {
  expect([1, 2, 7].map((index) => levelsOf(chart, id(index)))).toEqual([3, 2, 1])
})

test('with other parents for some it is another chart, and the first stays', () => {
  const after = chartWith(
    chart,
    new Map([
      [id(2), id(7)],
      [id(7), id(6)],
      [id(3), null],
    ]),
  )
  expect(descendantsOf(after, id(3))).toEqual([6, 7, 2, 4, 5].map(id))
  expect(chart.parentOf(id(2))).toBe(id(1))
})

test('a circle ends the walk and holds nobody', () => {
  const circle = of([1, 3], [2, 1], [3, 2])
  expect(descendantsOf(circle, id(1))).toEqual([2, 3].map(id))
  expect(canHold(circle, id(1), 1)).toEqual({ allowed: false, reason: 'corrupt-chart' })
  expect(canHold(circle, id(9), 1)).toEqual({ allowed: false, reason: 'unknown-parent' })
})
