import { expect, it } from 'vitest'
import { letterOf } from './letter.ts'

const words = { conversationId: null, text: 'Count the ships', attachmentIds: ['map'] }

it('is the same letter for as long as the same is sent again, also once its conversation is known', () => {
  const first = letterOf(undefined, words)
  expect(letterOf(first, { ...words })).toBe(first)
  expect(letterOf(first, { ...words, conversationId: first.conversationId })).toBe(first)
})

it('is another letter under another key as soon as anything of it changes', () => {
  const first = letterOf(undefined, words)
  const edited = letterOf(first, { ...words, text: 'Count the boats' })
  const bare = letterOf(first, { ...words, attachmentIds: [] })
  const elsewhere = letterOf(first, { ...words, conversationId: 'another' })
  expect(new Set([first, edited, bare, elsewhere].map(({ key }) => key)).size).toBe(4)
  expect(elsewhere.conversationId).toBe('another')
})
