import { expect, test } from 'vitest'
import { placeWords } from './state-words.ts'

test.each([
  [1, 'next in line'],
  [2, '2nd in line'],
  [3, '3rd in line'],
  [11, '11th in line'],
  [21, '21st in line'],
  [1000, 'behind a thousand others'],
])('place %i in the queue is said "%s"', (position, words) => {
  expect(placeWords(position)).toBe(words)
})
