import { expect, test } from 'vitest'
import { OrgId } from '#shared/kernel/ids.ts'
import { type LocalNotice, noticedIn, withNoticed, withRead } from './keep-noticed.ts'

const orgId = OrgId.parse('00000000-0000-4000-8000-000000000001')
const otherId = OrgId.parse('00000000-0000-4000-8000-000000000002')

const lost = { orgId, id: 'connection', kind: 'connection', tone: 'waiting', title: 'Lost.', at: 'first' } as const
const conflict = {
  ...lost,
  id: 'a',
  kind: 'conflict',
  tone: 'failed',
  title: 'Saved before you.',
  at: 'second',
} as const

const keep = (all: readonly Omit<LocalNotice, 'isRead'>[]) =>
  all.reduce((before: readonly LocalNotice[], each) => withNoticed(before, each), [])

test('the newest stands first, and a second one under the same id takes the place of the first, unread', () => {
  const read = withRead(orgId, keep([lost, conflict]))
  const three = withNoticed(read, { ...lost, tone: 'completed', title: 'Back.', at: 'third' })
  expect(three.map(({ title, at, isRead }) => [title, at, isRead])).toEqual([
    ['Back.', 'third', false],
    ['Saved before you.', 'second', true],
  ])
})

test('only the newest few of an org are kept, and none of another go for them', () => {
  const many = Array.from({ length: 50 }, (_, index) => ({ ...lost, id: String(index) }))
  const kept = keep([{ ...conflict, orgId: otherId }, ...many])
  expect([noticedIn(orgId, kept).length, noticedIn(otherId, kept).length]).toEqual([20, 1])
})

test('what was noticed in one org is neither shown nor read in another; what is of the page is in each', () => {
  const kept = keep([lost, { ...lost, orgId: otherId, title: 'Lost there.' }, { ...conflict, orgId: undefined }])
  expect(noticedIn(otherId, kept).map(({ title }) => title)).toEqual(['Saved before you.', 'Lost there.'])
  const read = withRead(otherId, kept)
  expect(noticedIn(orgId, read).map(({ title, isRead }) => [title, isRead])).toEqual([
    ['Saved before you.', true],
    ['Lost.', false],
  ])
  expect(
    withRead(otherId, kept, 'connection')
      .map(({ isRead }) => isRead)
      .filter(Boolean),
  ).toHaveLength(1)
})
