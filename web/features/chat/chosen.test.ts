import { expect, test } from 'vitest'
import { chosenAfterLeft, chosenAfterSent } from './chosen.ts'

const old = { id: 'old', isFresh: false }

test('words that arrive are shown where they were sent from, also where that was begun with them', () => {
  const begun = { id: 'begun', isFresh: true }
  expect(chosenAfterSent(null, null, 'sent')).toEqual({ id: 'sent', isFresh: false })
  expect(chosenAfterSent(begun, begun, 'begun')).toEqual({ id: 'begun', isFresh: false })
})

test('nobody who looks at another conversation meanwhile, or begins one, is taken back', () => {
  const next = { id: 'next', isFresh: true }
  expect(chosenAfterSent(next, null, 'sent')).toBe(next)
  expect(chosenAfterSent(old, next, 'next')).toBe(old)
})

test('a page that is loaded while words are on their way shows where they went, whether the server has heard of it or not', () => {
  const latest = { conversationId: 'latest', conversations: [{ id: 'latest' }, { id: 'old' }] }
  expect(chosenAfterLeft('old', latest)).toEqual(old)
  expect(chosenAfterLeft('begun', latest)).toEqual({ id: 'begun', isFresh: true })
  expect(chosenAfterLeft('latest', latest)).toBeNull()
  expect(chosenAfterLeft(undefined, latest)).toBeNull()
  expect(chosenAfterLeft('begun', { conversationId: null, conversations: [] })).toBeNull()
})
