import { expect, test } from 'vitest'
import { OrgId } from '#shared/kernel/ids.ts'
import { idleMs, isUnused, makeWay, maxLinks, maxLinksOfOrg } from './room.ts'

const mine = OrgId.parse('01a1ff23-be32-702f-83b6-814b1baf12ae')
const theirs = OrgId.parse('01a1ff23-be32-702f-83b6-814b1baf12af')
const some = (count: number, orgId: OrgId, calls: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ orgId, calls, usedAt: from + index }))

test('where there is room nobody makes way', () => {
  expect(makeWay([...some(maxLinksOfOrg - 1, mine, 0), ...some(10, theirs, 0)], mine)).toEqual([])
})

test('an organisation with its share ends its own that was unused longest, and none of another', () => {
  const own = some(maxLinksOfOrg, mine, 0, 100)
  expect(makeWay([...some(10, theirs, 0), ...own], mine)).toEqual([own[0]])
})

test('what is in use is never ended: where all of its share is, there is no room for one more', () => {
  expect(makeWay([...some(maxLinksOfOrg, mine, 1), ...some(10, theirs, 0)], mine)).toBeUndefined()
  const idle = { orgId: theirs, calls: 0, usedAt: 500 }
  expect(makeWay([...some(maxLinks - 1, theirs, 1), idle], mine)).toEqual([idle])
  expect(makeWay(some(maxLinks, theirs, 1), mine)).toBeUndefined()
})

test('a long call keeps its session however long nobody begins another', () => {
  expect(isUnused({ calls: 0, usedAt: 0 }, idleMs + 1)).toBe(true)
  expect(isUnused({ calls: 1, usedAt: 0 }, idleMs + 1)).toBe(false)
})
