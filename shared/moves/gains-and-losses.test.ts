import { expect, test } from 'vitest'
import { WorkspaceId } from '../kernel/ids.ts'
import { chartOf } from '../workspaces/chart.ts'
import { budgetDiff } from './budget-diff.ts'
import { memoryDiff } from './memory-diff.ts'

const names = ['Lead', 'Research', 'Reader', 'Build', 'Sales']
const idOf = (name: string) =>
  WorkspaceId.parse(`00000000-0000-7000-8000-${String(names.indexOf(name)).padStart(12, '0')}`)
const nameOf = (id: WorkspaceId) => names.find((name) => idOf(name) === id) ?? ''

/** Lead ─ (Research ─ (Reader), Build), and Sales. */
const chart = chartOf([
  { id: idOf('Lead'), parentId: null },
  { id: idOf('Research'), parentId: idOf('Lead') },
  { id: idOf('Reader'), parentId: idOf('Research') },
  { id: idOf('Build'), parentId: idOf('Lead') },
  { id: idOf('Sales'), parentId: null },
])
const move = (name: string, to: string | null) => ({
  workspaceId: idOf(name),
  toParentId: to === null ? null : idOf(to),
})

const limits = { money: 5_000_000, tokens: null, steps: null, seconds: null, toolCalls: null }

test('the budgets of teams above count from now on, or no longer; those above both stay unsaid', () => {
  const budgets = ['Lead', 'Sales', 'Research'].map((name) => {
    return { workspaceId: idOf(name), period: 'day' as const, limits }
  })
  const diff = (...moves: ReturnType<typeof move>[]) =>
    budgetDiff({ chart, moves, budgets, nameOf }).map(({ sign, name, moved }) => [sign, name, moved])
  expect(diff(move('Research', 'Sales'))).toEqual([
    ['gains', 'Sales', ['Research']],
    ['loses', 'Lead', ['Research']],
  ])
  expect(diff(move('Reader', 'Build'))).toEqual([['loses', 'Research', ['Reader']]])
  expect(diff(move('Research', 'Sales'), move('Build', 'Sales'))).toEqual([
    ['gains', 'Sales', ['Research', 'Build']],
    ['loses', 'Lead', ['Research', 'Build']],
  ])
  expect(diff(move('Build', 'Research'))).toEqual([['gains', 'Research', ['Build']]])
})

test('team memories that are read from now on, or no longer, by those who move and those around', () => {
  const counts = new Map([
    [idOf('Research'), 4],
    [idOf('Lead'), 2],
    [idOf('Sales'), 1],
  ])
  const changes = memoryDiff({ chart, moves: [move('Research', 'Sales')], counts, nameOf })
  const said = changes.map(({ name, gains, loses }) => [
    name,
    gains.map((one) => `${one.count} of ${one.name}`),
    loses.map((one) => `${one.count} of ${one.name}`),
  ])
  expect(said).toEqual([
    ['Research', ['1 of Sales'], ['2 of Lead']],
    ['Lead', [], ['4 of Research']],
    ['Build', [], ['4 of Research']],
    ['Sales', ['4 of Research'], []],
  ])
  expect(memoryDiff({ chart, moves: [move('Research', 'Sales')], counts: new Map(), nameOf })).toEqual([])
})
