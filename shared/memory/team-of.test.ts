import { expect, test } from 'vitest'
import { WorkspaceId } from '../kernel/ids.ts'
import { chartOf } from '../workspaces/chart.ts'
import { teamOf } from './team-of.ts'

const id = (n: number) => WorkspaceId.parse(`00000000-0000-7000-8000-00000000000${n}`)
const [root, other, left, right, leaf] = [id(1), id(2), id(3), id(4), id(5)]
const chart = chartOf([
  { id: root, parentId: null },
  { id: other, parentId: null },
  { id: left, parentId: root },
  { id: right, parentId: root },
  { id: leaf, parentId: left },
])

test('a workspace shares with its parent and siblings, not with its reports', () => {
  expect(teamOf(chart, left)).toEqual([root, left, right])
  expect(teamOf(chart, leaf)).toEqual([left, leaf])
})

test('a root shares with its reports, not with other roots', () => {
  expect(teamOf(chart, root)).toEqual([root, left, right])
  expect(teamOf(chart, other)).toEqual([other])
})

test('one that is not on the chart shares with nobody', () => {
  expect(teamOf(chart, id(9))).toEqual([])
})
