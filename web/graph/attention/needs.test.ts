import { expect, test } from 'vitest'
import type { WorkspaceStatus } from '#shared/workspaces/contract.ts'
import { type ActivityKind, idleActivity } from '../../features/delegations/index.ts'
import { inNeedOrder, needOf } from './needs.ts'

const workspace = (name: string, status: WorkspaceStatus = 'online', marks: string[] = []) => ({ name, status, marks })
const at = (activity: ActivityKind) => ({ ...idleActivity, activity })

test.each([
  [workspace('a'), at('waiting-approval'), 'you'],
  [workspace('a'), at('waiting-input'), 'you'],
  [workspace('a'), at('waiting-budget'), 'you'],
  [workspace('a', 'online', ['needs keys']), at('idle'), 'you'],
  [workspace('a'), at('failed'), 'look'],
  [workspace('a'), at('lost'), 'look'],
  [workspace('a', 'failed'), at('idle'), 'look'],
  [workspace('a'), at('working'), 'work'],
  [workspace('a'), at('waiting-child'), 'work'],
  [workspace('a'), at('completed'), 'rest'],
  [workspace('a', 'paused'), at('queued'), 'rest'],
] as const)('%o that is %o is under “%s”', (subject, activity, need) => {
  expect(needOf(subject, activity)).toBe(need)
})

test('what needs somebody comes first, and within a need names keep their order', () => {
  const all = ['Writer', 'Analyst', 'Lead', 'Editor'].map((name) => workspace(name))
  const groups = inNeedOrder(all, ['rest', 'work', 'you', 'rest'])
  expect(groups.map(([need, found]) => [need, found.map(({ name }) => name)])).toEqual([
    ['you', ['Lead']],
    ['work', ['Analyst']],
    ['rest', ['Editor', 'Writer']],
  ])
})
