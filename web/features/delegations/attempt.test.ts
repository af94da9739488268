import { expect, it } from 'vitest'
import { attemptOf } from './attempt.ts'

it('sends the same again under the same key', () => {
  const first = attemptOf(undefined, { task: 'Count the ships', workspaceId: 'scout' })
  expect(attemptOf(first, { task: 'Count the ships', workspaceId: 'scout' })).toBe(first)
})

it('never sends other words, or to another, under the key of words that may have arrived', () => {
  const first = attemptOf(undefined, { task: 'Count the ships', workspaceId: 'scout' })
  expect(attemptOf(first, { task: 'Count the boats', workspaceId: 'scout' }).key).not.toBe(first.key)
  expect(attemptOf(first, { task: 'Count the ships', workspaceId: 'cook' }).key).not.toBe(first.key)
})
