import { expect, test } from 'vitest'
import type { DryParty } from '#shared/delegations/replay-contract.ts'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import { depthOf, keysWords, totalWords } from './words.ts'

const party: DryParty = {
  parent: null,
  workspaceId: WorkspaceId.parse('01890000-0000-7000-8000-000000000001'),
  name: 'Lead',
  model: 'rehearsal',
  isRehearsal: true,
  task: 'Plan it',
  steps: 3,
  inputTokens: 10,
  outputTokens: 5,
  cost: 1_200,
  calls: [],
  approvals: [],
  secrets: [],
  answer: 'Done',
  reason: null,
}

test('the whole is said in one line, and that a price is unknown', () => {
  expect(totalWords({ parties: [party, { ...party, parent: 0, steps: 1 }], cut: null })).toBe(
    '2 delegations, 4 steps, about $0.0024.',
  )
  expect(totalWords({ parties: [{ ...party, cost: null }], cut: null })).toContain('at least $0.0000')
})

test('each stands under who called it', () => {
  const parties = [party, { ...party, parent: 0 }, { ...party, parent: 1 }, { ...party, parent: 0 }]
  expect(parties.map((_, index) => depthOf(parties, index))).toEqual([0, 1, 2, 1])
})

test('of several keys one is enough', () => {
  expect(keysWords(['A'])).toBe('Needs A')
  expect(keysWords(['A', 'B'])).toBe('Needs one of A, B')
})
