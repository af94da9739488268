import { expect, test } from 'vitest'
import { createPageActs } from './page-acts.ts'

test('takes back the latest or a given one, each once, and keeps what could not be taken back', async () => {
  let time = 0
  const acts = createPageActs(() => ++time)
  const undone: string[] = []
  const done = (name: string) => acts.push({ name, undo: async () => void undone.push(name) })
  const first = done('first')
  const second = done('second')
  const broken = acts.push({ name: 'broken', undo: () => Promise.reject(new Error('no')) })
  expect([first.at, second.at, broken.at]).toEqual([1, 2, 3])

  await expect(acts.undo(broken)).rejects.toThrow('no')
  expect(acts.latest()).toBe(broken)
  expect(await acts.undo(first)).toBe(true)
  expect(await acts.undo(first)).toBe(false)
  expect(await acts.undo(second)).toBe(true)
  expect(undone).toEqual(['first', 'second'])
  expect(acts.latest()).toBe(broken)
})

test('one at a time: a second press while the first is under way does nothing', async () => {
  const acts = createPageActs(() => 0)
  const held = Promise.withResolvers<void>()
  const act = acts.push({ name: 'slow', undo: () => held.promise })
  const first = acts.undo(act)
  expect(await acts.undo(act)).toBe(false)
  held.resolve()
  expect(await first).toBe(true)
  expect(acts.latest()).toBeUndefined()
})
