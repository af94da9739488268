import { expect, test } from 'vitest'
import { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import { MutableKind, type Notice, NoticeKind } from '#shared/notices/contract.ts'
import { kindsInOrder, kindWords, noticeWords } from './words.ts'

const workspaceId = WorkspaceId.parse('0197a000-0000-7000-8000-000000000001')
const delegationId = DelegationId.parse('0197a000-0000-7000-8000-000000000002')

const notice = (given: Partial<Notice>): Notice => ({
  seq: 7,
  at: '2030-01-01T00:00:00.000Z',
  kind: 'completed',
  isRead: false,
  workspace: { id: workspaceId, name: 'Analyst', isDeleted: false },
  delegation: { id: delegationId, task: 'Compare three vendors', state: 'completed' },
  detail: null,
  category: null,
  ...given,
})

/** Kinds about somebody or something that is no workspace. */
const named = new Set<string>(['joined', 'tools'])

test('every kind has a sentence that names who, and one act that leads there', () => {
  for (const kind of NoticeKind.options) {
    const { sentence, act } = noticeWords(notice({ kind, detail: named.has(kind) ? 'Ada' : null }))
    expect(sentence, kind).toMatch(named.has(kind) ? /^Ada / : /Analyst/)
    expect(act, kind).toBeDefined()
  }
})

test('work of a workspace that was deleted leads nowhere', () => {
  const gone = { id: workspaceId, name: 'Analyst', isDeleted: true }
  expect(noticeWords(notice({ workspace: gone })).act).toBeUndefined()
  expect(noticeWords(notice({ kind: 'failed', workspace: null })).sentence).toBe('A workspace that is gone failed')
})

test('what was stopped and has gone on since says so', () => {
  const stopped = (state: 'waiting' | 'running' | 'completed') =>
    noticeWords(notice({ kind: 'budget', delegation: { id: delegationId, task: 't', state } })).sentence
  expect(stopped('waiting')).toBe('A limit stopped Analyst')
  expect(stopped('running')).toBe('A limit stopped Analyst; it has gone on since')
  expect(stopped('completed')).toBe('A limit stopped Analyst; it is completed by now')
})

test('a warning names the budget it is about', () => {
  const warned = { kind: 'budget', detail: '80', delegation: null } as const
  expect(noticeWords(notice(warned)).sentence).toBe('80 % of the budget of Analyst is used')
  expect(noticeWords(notice({ ...warned, workspace: null })).sentence).toBe(
    '80 % of the budget of the organisation is used',
  )
})

test('every kind that can be muted has a name and a place in the list', () => {
  expect(kindsInOrder.toSorted()).toEqual(MutableKind.options.toSorted())
  expect(Object.keys(kindWords).toSorted()).toEqual(MutableKind.options.toSorted())
})
