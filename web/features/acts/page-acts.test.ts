import { expect, test } from 'vitest'
import { OrgId } from '#shared/kernel/ids.ts'
import { createPageActs } from './page-acts.ts'

const orgId = OrgId.parse('00000000-0000-4000-8000-000000000001')
const otherId = OrgId.parse('00000000-0000-4000-8000-000000000002')

test('takes back the latest or a given one, each once, and keeps what could not be taken back', async () => {
  let time = 0
  const acts = createPageActs(() => ++time)
  const undone: string[] = []
  const done = (name: string) => acts.push({ orgId, name, undo: async () => void undone.push(name) })
  const first = done('first')
  const second = done('second')
  const broken = acts.push({ orgId, name: 'broken', undo: () => Promise.reject(new Error('no')) })
  expect([first.at, second.at, broken.at]).toEqual([1, 2, 3])

  await expect(acts.undo(broken)).rejects.toThrow('no')
  expect(acts.latest(orgId)).toBe(broken)
  expect(await acts.undo(first)).toBe(true)
  expect(await acts.undo(first)).toBe(false)
  expect(await acts.undo(second)).toBe(true)
  expect(undone).toEqual(['first', 'second'])
  expect(acts.latest(orgId)).toBe(broken)
})

test('one at a time: a second press while the first is under way does nothing', async () => {
  const acts = createPageActs(() => 0)
  const held = Promise.withResolvers<void>()
  const act = acts.push({ orgId, name: 'slow', undo: () => held.promise })
  const first = acts.undo(act)
  expect(await acts.undo(act)).toBe(false)
  held.resolve()
  expect(await first).toBe(true)
  expect(acts.latest(orgId)).toBeUndefined()
})

test('what was done in one org is never the latest of another', () => {
  const acts = createPageActs(() => 0)
  const act = acts.push({ orgId, name: 'here', undo: async () => undefined })
  acts.push({ orgId: otherId, name: 'there', undo: async () => undefined })
  acts.push({ name: 'nowhere', undo: async () => undefined })
  expect(acts.latest(orgId)).toBe(act)
})
