import { expect, test } from 'vitest'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import type { MovePreview } from '#shared/moves/contract.ts'
import { answerLines, budgetLines, memoryLines, reachLines, toolLines } from './gain-lines.ts'

const id = WorkspaceId.parse('00000000-0000-7000-8000-000000000001')
const preview = (given: Partial<MovePreview>): MovePreview => {
  return {
    movesAlong: [],
    runningDelegations: 0,
    contacts: [],
    budgets: [],
    memory: [],
    tools: [],
    answers: [],
    reach: [],
    files: [],
    ...given,
  }
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

test('tools are told by what they become, and because of which rule', () => {
  const tools: MovePreview['tools'] = [
    {
      workspaceId: id,
      name: 'Research',
      tools: ['run_code'],
      from: 'may',
      to: 'may-not',
      why: 'the rule x refuses it',
    },
    { workspaceId: id, name: 'Build', tools: ['a', 'b'], from: 'may-not', to: 'asks', why: 'the rule y wants a yes' },
  ]
  expect(toolLines(preview({ tools }))).toEqual([
    { sign: '+', text: 'Build asks before a and b', note: 'the rule y wants a yes' },
    { sign: '−', text: 'Research may not call run_code', note: 'the rule x refuses it' },
  ])
})

test('who answers is one line for who does, and one for who does no longer', () => {
  expect(answerLines(preview({ answers: [{ workspaceId: id, name: 'Research', from: 'Lead', to: null }] }))).toEqual([
    { sign: '+', text: 'People answer what Research asks', note: 'first' },
    { sign: '−', text: 'Lead answers what Research asks', note: 'no longer' },
  ])
})

test('what a higher tier opens is told from the lower one', () => {
  const via = { workspaceId: id, name: 'Ops', tier: 4 }
  const reach: MovePreview['reach'] = [
    { sign: 'gains', workspaceId: id, name: 'Scout', tier: 1, via, tools: ['run_code', 'web_fetch'] },
  ]
  expect(reachLines(preview({ reach }))).toEqual([
    { sign: '+', text: 'Scout (tier 1) can have Ops (tier 4) call run_code and web_fetch', note: 'may not itself' },
  ])
})
