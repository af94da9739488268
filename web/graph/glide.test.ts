import { expect, test } from 'vitest'
import { placesAt } from './glide.ts'

const from = new Map([
  ['a', { x: 0, y: 0 }],
  ['b', { x: 50, y: 50 }],
  ['c', { x: 5, y: 5 }],
])
const to = new Map([
  ['a', { x: 100, y: 200 }],
  ['b', { x: 50, y: 50 }],
])

test('cards glide from where they are to where they shall be, those that stay are left alone', () => {
  expect(placesAt(from, to, 0)).toEqual([{ id: 'a', x: 0, y: 0 }])
  expect(placesAt(from, to, 1)).toEqual([{ id: 'a', x: 100, y: 200 }])
  const [half] = placesAt(from, to, 0.5)
  expect(half?.x).toBeGreaterThan(50)
  expect(half?.x).toBeLessThan(100)
})
