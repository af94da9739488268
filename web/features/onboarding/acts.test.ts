import { expect, test } from 'vitest'
import { OrgEvent } from '#shared/org-event.ts'
import { actDone, currentAct } from './acts.ts'

const id = (last: number) => `0197a000-0000-7000-8000-00000000000${last}`
const event = (type: string, payload: object, actor: object = { kind: 'person', id: 'olga' }) =>
  OrgEvent.parse({
    ...{ id: id(1), orgId: id(2), seq: 1, version: 1, at: '2030-01-01T00:00:00.000Z' },
    ...{ actor, chain: { id: id(3), depth: 0 }, type, payload },
  })
const of = { delegationId: id(4), workspaceId: id(5), fromWorkspaceId: null }
const moved = { workspaceId: id(5), fromParentId: null, toParentId: id(6), position: null }

test('a person who moves a workspace has done the first act, an agent who does has not', () => {
  expect(actDone(event('workspace.moved', moved))).toBe('move')
  expect(actDone(event('workspace.moved', moved, { kind: 'system', id: 'import' }))).toBeUndefined()
})

test('work that stops at a limit or in a loop is a runaway that was stopped', () => {
  expect(actDone(event('delegation.waiting', { ...of, waitingFor: 'budget' }))).toBe('runaway')
  expect(actDone(event('chain.paused', { ...of, rule: 'same-call' }))).toBe('runaway')
  expect(actDone(event('delegation.waiting', { ...of, waitingFor: 'child' }))).toBeUndefined()
})

test('the first act that is not done is shown, or the one that was chosen', () => {
  expect(currentAct([], undefined)).toBe('move')
  expect(currentAct(['move'], undefined)).toBe('prompt')
  expect(currentAct(['prompt', 'runaway'], undefined)).toBe('move')
  expect(currentAct(['move'], 'move')).toBe('move')
  expect(currentAct(['move', 'prompt', 'runaway'], undefined)).toBeUndefined()
})
