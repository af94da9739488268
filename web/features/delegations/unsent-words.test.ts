import { expect, it } from 'vitest'
import { createUnsentWords } from './unsent-words.ts'

it('keeps what was typed to each until it was sent', () => {
  const unsent = createUnsentWords('chat')
  unsent.keep('scout', 'Count the ships')
  unsent.keep('cook', 'Make soup')
  unsent.forgetSent('scout', 'Count the ships')
  expect([unsent.read('scout'), unsent.read('cook')]).toEqual(['', 'Make soup'])
})

it('keeps what was typed while other words were on their way', () => {
  const unsent = createUnsentWords('chat')
  unsent.keep('scout', 'Count the ships')
  unsent.keep('scout', 'Count the boats too')
  unsent.forgetSent('scout', 'Count the ships')
  expect(unsent.read('scout')).toBe('Count the boats too')
})

it('tells whoever shows them', () => {
  const unsent = createUnsentWords('chat')
  const heard: string[] = []
  const leave = unsent.subscribe(() => heard.push(unsent.read('scout')))
  unsent.keep('scout', 'Count')
  unsent.forgetSent('scout', 'Count')
  leave()
  unsent.keep('scout', 'Again')
  expect(heard).toEqual(['Count', ''])
})
