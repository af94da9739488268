import { expect, test } from 'vitest'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import type { MovePreview } from '#shared/moves/contract.ts'
import { budgetLines, memoryLines } from './gain-lines.ts'

const id = WorkspaceId.parse('00000000-0000-7000-8000-000000000001')
const preview = (given: Partial<MovePreview>): MovePreview => {
  return { movesAlong: [], runningDelegations: 0, contacts: [], budgets: [], memory: [], ...given }
}
const limits = { money: 5_000_000, tokens: null, steps: 20, seconds: null, toolCalls: null }

test('a budget of a team above is said with its limits, whose work it counts and whose it is', () => {
  const budgets: MovePreview['budgets'] = [
    { sign: 'gains', workspaceId: id, name: 'Sales', period: 'day', limits, moved: ['Research'] },
    { sign: 'loses', workspaceId: id, name: 'Lead', period: 'run', limits, moved: ['Research', 'Build'] },
  ]
  expect(budgetLines(preview({ budgets }))).toEqual([
    { sign: '+', text: 'Research: $5.00, 20 steps a day', note: 'team of Sales' },
    { sign: '−', text: 'Research and Build: $5.00, 20 steps a run', note: 'team of Lead' },
  ])
})

test('team memories that are gained come before those that are lost', () => {
  const of = (name: string, count: number) => ({ workspaceId: id, name, count })
  const memory = [
    { workspaceId: id, name: 'Research', gains: [of('Sales', 1)], loses: [of('Lead', 2), of('Build', 3)] },
    { workspaceId: id, name: 'Sales', gains: [of('Research', 4)], loses: [] },
  ]
  expect(memoryLines(preview({ memory }))).toEqual([
    { sign: '+', text: 'Research reads 1 of Sales', note: 'from now on' },
    { sign: '+', text: 'Sales reads 4 of Research', note: 'from now on' },
    { sign: '−', text: 'Research reads 2 of Lead and 3 of Build', note: 'no longer' },
  ])
})
