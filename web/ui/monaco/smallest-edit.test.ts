import { expect, test } from 'vitest'
import { smallestEdit } from './smallest-edit.ts'

test.each([
  ['one word', 'a cat sat', 'a dog sat'],
  ['the end', 'a cat', 'a cat sat'],
  ['the start', 'cat', 'a cat'],
  ['a repeated letter', 'aaa', 'aaaa'],
  ['everything', 'abc', ''],
  ['nothing before', '', 'abc'],
])('changing %s gives the new text', (_what, before, after) => {
  const edit = smallestEdit(before, after)
  expect(edit && before.slice(0, edit.start) + edit.text + before.slice(edit.end)).toBe(after)
})

test('it touches only what differs', () => {
  expect(smallestEdit('one two three', 'one 2 three')).toEqual({ start: 4, end: 7, text: '2' })
})

test('equal texts need no edit', () => {
  expect(smallestEdit('same', 'same')).toBeUndefined()
})
