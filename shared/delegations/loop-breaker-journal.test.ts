import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DelegationId, WorkspaceId } from '../kernel/ids.ts'
import { withNote } from './hold.ts'
import type { Journal, RecordedStep } from './journal.ts'
import { judgeJournal, repeatLimits } from './loop-breaker-journal.ts'

const workspaceId = WorkspaceId.parse('00000000-0000-4000-8000-000000000001')
const peerId = WorkspaceId.parse('00000000-0000-4000-8000-000000000002')

const context = {
  workspace: { id: workspaceId, name: 'Writer', role: '' },
  requesterName: 'Ada',
  prompt: { text: '', version: 1 },
  configVersion: 1,
  model: 'rehearsal',
  isRehearsal: true,
  contactPolicy: 'direct',
  peers: [{ id: peerId, name: 'Editor', role: '', relation: 'sibling' }],
  tools: [],
  maxSteps: 25,
  rehearsal: [],
} as const

const blank = {
  state: 'done',
  askedBy: null,
  call: null,
  childId: null,
  approvalId: null,
  input: {},
  error: null,
} as const

const empty: Journal = {
  delegationId: DelegationId.parse('00000000-0000-4000-8000-00000000000a'),
  workspaceId,
  state: 'running',
  task: 'Work',
  cancel: null,
  steps: [{ ...blank, step: 0, kind: 'context', name: 'context', output: context }],
}

type Call = { name?: string; args?: object | string; gives?: string; fails?: string }

function withCall(journal: Journal, { name = 'list_peers', args = {}, gives = '[]', fails }: Call): Journal {
  const step: RecordedStep = {
    ...blank,
    step: journal.steps.length,
    kind: 'tool',
    name,
    input: { id: 'call', name, args: typeof args === 'string' ? args : JSON.stringify(args) },
    ...(fails === undefined ? { output: { text: gives } } : { state: 'failed', output: null, error: fails }),
  }
  return { ...journal, steps: [...journal.steps, step] }
}

const after = (calls: readonly Call[], journal = empty) => calls.reduce(withCall, journal)
const times = (count: number, call: Call): Call[] => Array.from({ length: count }, () => call)

test.each<[string, Call[]]>([
  ['nothing called', []],
  ['four looks at the peers', times(4, {})],
  ['nine looks whether a part has ended', times(9, { name: 'check_delegation_status', gives: 'running' })],
  ['four failures and a success', [...times(4, { fails: 'no answer' }), { gives: 'ok' }]],
  ['the same call with other results', Array.from({ length: 20 }, (_, at) => ({ gives: `${at}` }))],
  ['the same result of other calls', Array.from({ length: 20 }, (_, at) => ({ args: { page: at } }))],
  ['looks between real work', Array.from({ length: 12 }, (_, at) => [{}, { args: { page: at } }]).flat()],
  [
    'one question to five reports',
    Array.from({ length: 5 }, (_, at) => ({ name: 'delegate_task', args: { workspace: `R${at}` } })),
  ],
  [
    'two rounds of review',
    times(2, { name: 'delegate_task', args: { workspace: 'Editor', task: 'Check' }, gives: 'Shorten it' }),
  ],
])('%s is left alone', (_, calls) => {
  expect(judgeJournal(after(calls))).toBeUndefined()
})

test.each<[string, string, Call[]]>([
  [
    'a look that never ends',
    'Writer called list_peers 5 times with the same arguments and got the same answer.',
    times(5, {}),
  ],
  [
    'one failure for ever',
    'Writer called list_peers 5 times with the same arguments and it failed in the same way each time.',
    times(5, { fails: 'no answer' }),
  ],
  [
    'waiting by looking',
    'Writer called check_delegation_status 10 times with the same arguments and got the same answer.',
    times(10, { name: 'check_delegation_status', gives: 'running' }),
  ],
  [
    'a hand-over that is refused for ever',
    'Writer asked Editor for the same thing 5 times and it failed in the same way each time.',
    times(5, { name: 'delegate_task', args: { task: 'Check', workspace: peerId }, fails: 'It may not.' }),
  ],
  [
    'two calls in turns',
    'Writer called other 5 times with the same arguments and got the same answer.',
    Array.from({ length: 5 }, () => [{}, { name: 'other' }]).flat(),
  ],
  [
    'the same look between other things',
    'Writer called list_peers 15 times with the same arguments and got the same answer.',
    Array.from({ length: 15 }, (_, at) => [{}, { args: { page: at } }]).flat(),
  ],
  [
    'the same arguments in another order',
    'Writer called search 5 times with the same arguments and got the same answer.',
    [1, 2, 3, 4, 5].map((at) => ({ name: 'search', args: at % 2 ? '{"a":1,"b":2}' : '{ "b": 2, "a": 1 }' })),
  ],
])('%s trips', (_, sentence, calls) => {
  expect(judgeJournal(after(calls))).toMatchObject({ rule: 'same-call', sentence })
})

const hold = { for: 'input', code: 'loop', reason: 'It turns.', rule: 'same-call' }

test('let go on once, it counts anew; allowed always, it never trips again', () => {
  const held = withNote(after(times(5, {})), 'hold', hold)
  const once = withNote(held, 'released', { how: 'once', by: 'Ada' })
  expect(judgeJournal(once)).toBeUndefined()
  expect(judgeJournal(after(times(4, {}), once))).toBeUndefined()
  expect(judgeJournal(after(times(5, {}), once))).toMatchObject({ rule: 'same-call' })
  const always = withNote(held, 'released', { how: 'always', by: 'Ada' })
  expect(judgeJournal(after(times(50, {}), always))).toBeUndefined()
})

test('words of a person are news', () => {
  const told = withNote(after(times(4, {})), 'message', { text: 'Go on', by: 'Ada' })
  expect(judgeJournal(after(times(4, {}), told))).toBeUndefined()
})

test('a delegation that only repeats itself trips within a few calls, whatever it repeats', () => {
  const call = fc.record({
    name: fc.constantFrom('a', 'b', 'send_message_to_user'),
    args: fc.constantFrom('{}', '{"x":1}', 'no json'),
  })
  fc.assert(
    fc.property(fc.array(call, { minLength: 1, maxLength: 6 }), (cycle) => {
      const calls = Array.from({ length: repeatLimits.inARow }, () => cycle).flat()
      expect(judgeJournal(after(calls))).toBeDefined()
    }),
  )
})

test('calls that each teach something new never trip', () => {
  const results = fc.uniqueArray(fc.string(), { maxLength: 60 })
  fc.assert(
    fc.property(results, (gives) => {
      expect(judgeJournal(after(gives.map((one) => ({ gives: one }))))).toBeUndefined()
    }),
  )
})
