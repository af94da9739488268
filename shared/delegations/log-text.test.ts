import { expect, test } from 'vitest'
import { DelegationId, UserId, WorkspaceId } from '../kernel/ids.ts'
import type { DelegationView, StepView } from './contract.ts'
import { logText } from './log-text.ts'

const id = (last: number) => `00000000-0000-4000-8000-00000000000${last}`
const at = (second: number) => `2031-05-04T12:00:0${second}.000Z`

function delegation(number: number, parent: number | null, more: Partial<DelegationView>): DelegationView {
  return {
    id: DelegationId.parse(id(number)),
    parentId: parent === null ? null : DelegationId.parse(id(parent)),
    rootId: DelegationId.parse(id(1)),
    workspaceId: WorkspaceId.parse(id(9)),
    workspaceName: 'Lead',
    requester: { kind: 'person', userId: UserId.parse(id(8)) },
    requesterName: 'Ada',
    task: 'Compare\nthree vendors',
    state: 'completed',
    waitingFor: null,
    reason: null,
    answer: null,
    isRehearsal: false,
    priority: 'normal',
    depth: parent === null ? 0 : 1,
    stepsTaken: 2,
    stepLimit: 25,
    inputTokens: 120,
    outputTokens: 30,
    cost: 0,
    createdAt: at(0),
    startedAt: at(1),
    finishedAt: at(3),
    queuePosition: null,
    ...more,
  }
}

function step(number: number, more: Partial<StepView>): StepView {
  return {
    step: number,
    kind: 'model',
    state: 'done',
    name: 'rehearsal',
    summary: 'Says hello.',
    attempt: 1,
    childId: null,
    startedAt: at(1),
    finishedAt: at(2),
    inputTokens: 0,
    outputTokens: 0,
    cost: 0,
    isRehearsal: false,
    error: null,
    ...more,
  }
}

test.each<[string, Parameters<typeof logText>[0], readonly string[]]>([
  [
    'a delegation with what it handed on indented below it',
    {
      total: 2,
      entries: [
        {
          delegation: delegation(1, null, { answer: 'Take B.\nIt is cheaper.' }),
          steps: [step(0, { inputTokens: 10, outputTokens: 5 }), step(1, { kind: 'note', name: 'message' })],
        },
        { delegation: delegation(2, 1, { workspaceName: 'Writer' }), steps: [] },
      ],
    },
    [
      'Lead: Compare three vendors\ncompleted · from Ada · 00000000-0000-4000-8000-000000000001',
      'given 2031-05-04 12:00:00.000, took 2.0 s · 2 of 25 steps · 120 tokens in, 30 out',
      '    0  2031-05-04 12:00:01.000  model rehearsal done, 1.0 s · 10 in, 5 out · Says hello.',
      'answer:\n  Take B.\n  It is cheaper.\n',
      '\n    Writer: Compare three vendors\n',
    ],
  ],
  [
    'why it waits, and its place in the queue',
    {
      total: 1,
      entries: [
        {
          delegation: delegation(1, null, { state: 'queued', queuePosition: 2, reason: 'Its turn comes.' }),
          steps: [],
        },
      ],
    },
    ['queued, place 2 · from Ada', 'why: Its turn comes.'],
  ],
  [
    'how much was cut',
    { total: 1234, entries: [{ delegation: delegation(1, null, {}), steps: [] }] },
    ['Cut: 1 of 1234 delegations are shown'],
  ],
  [
    'nothing that a terminal would obey',
    { total: 1, entries: [{ delegation: delegation(1, null, { task: 'Red \u001b[31mnow\u0007' }), steps: [] }] },
    ['Lead: Red [31mnow\n'],
  ],
])('the log says %s', (_, log, wanted) => {
  const text = logText(log)
  for (const words of wanted) expect(text).toContain(words)
})
