import { expect, it } from 'vitest'
import { attemptOf, createAttempts } from './attempt.ts'

it('sends the same again under the same key', () => {
  const first = attemptOf(undefined, { task: 'Count the ships', workspaceId: 'scout' })
  expect(attemptOf(first, { task: 'Count the ships', workspaceId: 'scout' })).toBe(first)
})

it('never sends other words, or to another, under the key of words that may have arrived', () => {
  const first = attemptOf(undefined, { task: 'Count the ships', workspaceId: 'scout' })
  expect(attemptOf(first, { task: 'Count the boats', workspaceId: 'scout' }).key).not.toBe(first.key)
  expect(attemptOf(first, { task: 'Count the ships', workspaceId: 'cook' }).key).not.toBe(first.key)
})

it('keeps the key of each act until it arrived; the same done once more after that is another', () => {
  const attempts = createAttempts()
  const lost = attempts.keyOf('work 1', 'Shorter, please')
  expect(attempts.keyOf('work 2', 'Shorter, please')).not.toBe(lost)
  expect(attempts.keyOf('work 1', 'Shorter, please')).toBe(lost)
  attempts.arrived('work 1')
  expect(attempts.keyOf('work 1', 'Shorter, please')).not.toBe(lost)
})
