import { expect, test } from 'vitest'
import { caretAfter } from './caret-after.ts'

test('a caret stays before what others insert at it, also when they change something further up', () => {
  expect(caretAfter([{ start: 5, end: 5, text: 'abc' }], 5)).toBe(5)
  const edits = [
    { start: 0, end: 2, text: 'long' },
    { start: 5, end: 5, text: 'abc' },
    { start: 9, end: 9, text: 'z' },
  ]
  expect(caretAfter(edits, 5)).toBe(7)
})

test('where nothing was inserted at it, it is left to move with its surroundings', () => {
  expect(caretAfter([{ start: 3, end: 3, text: 'abc' }], 5)).toBeUndefined()
  expect(caretAfter([{ start: 5, end: 7, text: 'abc' }], 5)).toBeUndefined()
  expect(caretAfter([], 0)).toBeUndefined()
})

/** Two who type at one place in turn, each letter known to the other before the next: neither is torn apart. */
test('two who type at one place keep their words whole', () => {
  const carets = { ada: 0, bob: 0 }
  let text = ''
  const type = (who: 'ada' | 'bob', other: 'ada' | 'bob', letter: string) => {
    const at = carets[who]
    text = text.slice(0, at) + letter + text.slice(at)
    const moved = carets[other] > at ? carets[other] + 1 : carets[other]
    carets[other] = caretAfter([{ start: at, end: at, text: letter }], carets[other]) ?? moved
    carets[who] = at + 1
  }
  for (const at of [0, 1, 2]) {
    type('ada', 'bob', 'Ada'[at] ?? '')
    type('bob', 'ada', 'Bob'[at] ?? '')
  }
  expect(text).toBe('BobAda')
})
