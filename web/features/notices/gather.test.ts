import { expect, test } from 'vitest'
import { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Notice, NoticeKind } from '#shared/notices/contract.ts'
import { gather } from './gather.ts'

const ids = ['018f3c00-0000-7000-8000-000000000001', '018f3c00-0000-7000-8000-000000000002'] as const

function notice(seq: number, kind: NoticeKind, work: 0 | 1 = 0): Notice {
  return {
    ...{ seq, kind, at: '2026-01-01T00:00:00.000Z', isRead: false, detail: `${seq}`, category: null },
    workspace: { id: WorkspaceId.parse(ids[0]), name: 'Writer', isDeleted: false },
    delegation: { id: DelegationId.parse(ids[work]), task: 'Write.', state: 'running' },
  }
}

const shape = (notices: readonly Notice[]) =>
  gather(notices).map(({ newest, earlier }) => [newest.seq, ...earlier.map(({ seq }) => seq)])

test('messages of one work in a row are one line under the newest', () => {
  expect(shape([notice(9, 'message'), notice(8, 'message'), notice(7, 'message')])).toEqual([[9, 8, 7]])
})

test('another work, or another thing that happened between, begins a new line', () => {
  expect(shape([notice(9, 'message'), notice(8, 'message', 1), notice(7, 'message', 1)])).toEqual([[9], [8, 7]])
  expect(shape([notice(9, 'message'), notice(8, 'completed'), notice(7, 'message')])).toEqual([[9], [8], [7]])
})

test('what is no message is never put together', () => {
  expect(shape([notice(9, 'failed'), notice(8, 'failed')])).toEqual([[9], [8]])
  expect(gather([])).toEqual([])
})
