import { expect, test } from 'vitest'
import type { Noticed } from '../../kernel/noticed.ts'
import { withNoticed } from './keep-noticed.ts'

const lost: Noticed = { id: 'connection', kind: 'connection', tone: 'waiting', title: 'Lost.' }

test('the newest stands first, and a second one under the same id takes the place of the first, unread', () => {
  const conflict: Noticed = { id: 'a', kind: 'conflict', tone: 'failed', title: 'Saved before you.' }
  const two = withNoticed(withNoticed([], lost, 'first'), conflict, 'second')
  const read = two.map((notice) => ({ ...notice, isRead: true }))
  const three = withNoticed(read, { ...lost, tone: 'completed', title: 'Back.' }, 'third')
  expect(three.map(({ title, at, isRead }) => [title, at, isRead])).toEqual([
    ['Back.', 'third', false],
    ['Saved before you.', 'second', true],
  ])
})

test('only the newest few are kept', () => {
  const kept = Array.from({ length: 50 }, (_, index) => ({ ...lost, id: String(index) }))
  expect(
    kept.reduce((before: ReturnType<typeof withNoticed>, each) => withNoticed(before, each, 'now'), []),
  ).toHaveLength(20)
})
