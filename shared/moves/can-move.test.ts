import { expect, test } from 'vitest'
import { WorkspaceId } from '../kernel/ids.ts'
import { chartOf } from '../workspaces/chart.ts'
import { canMove, explainMove } from './can-move.ts'

const id = (index: number) => WorkspaceId.parse(`00000000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`)
/** 1 ─ 2 ─ 3, and 4 alone. */
const chart = chartOf([
  { id: id(1), parentId: null },
  { id: id(2), parentId: id(1) },
  { id: id(3), parentId: id(2) },
  { id: id(4), parentId: null },
])

test.each([
  [2, 4, 'allowed'],
  [2, null, 'allowed'],
  [2, 1, 'allowed'],
  [3, 1, 'allowed'],
  [1, 1, 'self'],
  [1, 2, 'own-descendant'],
  [1, 3, 'own-descendant'],
  [1, 9, 'unknown-parent'],
  [9, 1, 'unknown-workspace'],
  [9, null, 'unknown-workspace'],
])('%i under %o: %s', (workspace, parent, expected) => {
  const verdict = canMove(chart, id(workspace), parent === null ? null : id(parent))
  expect(verdict.allowed ? 'allowed' : verdict.reason).toBe(expected)
})

test('a team of three fits where the chart stays within 32 levels', () => {
  const line = Array.from({ length: 32 }, (_, level) => ({
    id: id(100 + level),
    parentId: level ? id(99 + level) : null,
  }))
  const deep = chartOf([
    ...line,
    { id: id(1), parentId: null },
    { id: id(2), parentId: id(1) },
    { id: id(3), parentId: id(2) },
  ])
  expect(canMove(deep, id(1), id(100 + 28))).toEqual({ allowed: true })
  expect(canMove(deep, id(1), id(100 + 29))).toEqual({ allowed: false, reason: 'too-deep' })
})

test('a parent in a circle is refused', () => {
  const circle = chartOf([
    { id: id(1), parentId: id(2) },
    { id: id(2), parentId: id(1) },
    { id: id(3), parentId: null },
  ])
  expect(canMove(circle, id(3), id(1))).toEqual({ allowed: false, reason: 'corrupt-chart' })
})

test('every refusal has words', () => {
  const names = { name: 'Ana', parentName: 'Ben' }
  expect(explainMove('own-descendant', names)).toBe('Ana cannot move under Ben: Ben is in its own team.')
  for (const reason of ['unknown-workspace', 'unknown-parent', 'self', 'too-deep', 'corrupt-chart'] as const) {
    expect(explainMove(reason, names)).toMatch(/^[A-Z].*\.$/)
  }
})
