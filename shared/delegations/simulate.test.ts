import { expect, test } from 'vitest'
import { DelegationId, WorkspaceId } from '../kernel/ids.ts'
import type { Journal, ModelAnswer, RecordedStep, WorkContext } from './journal.ts'
import { recall, type Stage, simulate } from './simulate.ts'

const workspaceId = WorkspaceId.parse('01890000-0000-7000-8000-000000000001')
const context: WorkContext = {
  workspace: { id: workspaceId, name: 'Lead', role: '' },
  requesterName: 'Ada',
  prompt: { text: '', version: 0 },
  configVersion: 0,
  model: 'rehearsal',
  isRehearsal: true,
  contactPolicy: 'direct',
  peers: [],
  tools: ['look_up'],
  maxSteps: 5,
  rehearsal: [],
}
const begun: Journal = {
  delegationId: DelegationId.parse('01890000-0000-7000-8000-000000000002'),
  workspaceId,
  state: 'queued',
  task: 'Plan it',
  cancel: null,
  steps: [step(0, 'context', context)],
}

test('a delegation is played through with what stands in for the world', async () => {
  const asked: string[] = []
  const { journal, answer } = await simulate(begun, {
    askModel: async ({ steps }) => (steps.length > 2 ? says('Done') : says('Looking', ['a', 'b'])),
    answerCall: async ({ args }) => {
      asked.push(args)
      return args === 'a' ? { text: 'found a' } : { error: 'There is no b.' }
    },
  })
  expect(answer).toBe('Done')
  expect(asked).toEqual(['a', 'b'])
  expect(journal.steps.map(({ kind, state, error }) => [kind, state, error])).toEqual([
    ['context', 'done', null],
    ['model', 'done', null],
    ['tool', 'done', null],
    ['tool', 'failed', 'There is no b.'],
    ['model', 'done', null],
  ])
})

test('it stops at the step limit, and at a model that fails, with the reason', async () => {
  const endless: Stage = { askModel: async () => says('Again', ['a']), answerCall: async () => ({ text: 'ok' }) }
  expect(await simulate(begun, endless)).toMatchObject({ answer: null, reason: expect.stringContaining('limit is 5') })
  const broken: Stage = { ...endless, askModel: async () => ({ error: '401 invalid key' }) }
  expect(await simulate(begun, broken)).toMatchObject({ reason: '401 invalid key', journal: { state: 'failed' } })
})

test('a recording answers the same call first, else the next of that name, each result once', () => {
  const ask = recall([
    { ...step(2, 'tool', { text: 'one' }), input: { id: '1', name: 'look_up', args: '{"at":1,"of":2}' } },
    { ...step(3, 'tool', { text: 'two' }), input: { id: '2', name: 'look_up', args: '{"at":9}' } },
    { ...step(4, 'tool', null), state: 'failed', error: 'No.', input: { id: '3', name: 'refuse', args: '{}' } },
  ])
  expect(ask({ id: 'x', name: 'look_up', args: '{"at":9}' })).toEqual({ text: 'two' })
  expect(ask({ id: 'x', name: 'look_up', args: '{"of": 2, "at": 1}' })).toEqual({ text: 'one' })
  expect(ask({ id: 'x', name: 'look_up', args: '{"at":9}' })).toBeUndefined()
  expect(ask({ id: 'x', name: 'refuse', args: 'no json' })).toEqual({ error: 'No.' })
})

test('work recorded for one peer never answers for another', () => {
  const input = { id: '1', name: 'delegate_task', args: '{"workspace":"Ann","task":"Look"}' }
  const ask = recall([{ ...step(2, 'tool', { text: 'Ann looked' }), input }])
  expect(ask({ id: 'x', name: 'delegate_task', args: '{"workspace":"Bob","task":"Look"}' })).toBeUndefined()
  const other = { id: 'x', name: 'delegate_task', args: '{"workspace":"ann","task":"Look closer"}' }
  expect(ask(other)).toEqual({ text: 'Ann looked' })
})

function says(text: string, calls: string[] = []): ModelAnswer {
  const finish = calls.length > 0 ? 'tool-calls' : 'stop'
  return { text, finish, calls: calls.map((args, index) => ({ id: `${index}`, name: 'look_up', args })) }
}

function step(number: number, kind: RecordedStep['kind'], output: unknown): RecordedStep {
  const nobody = { askedBy: null, call: null, childId: null, approvalId: null }
  return { step: number, kind, state: 'done', name: kind, ...nobody, input: {}, output, error: null }
}
