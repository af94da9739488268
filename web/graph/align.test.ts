import { expect, test } from 'vitest'
import { align, distribute } from './align.ts'

const cards = [
  { id: 'a', position: { x: 0, y: 10 } },
  { id: 'b', position: { x: 300, y: 90 } },
  { id: 'c', position: { x: 100, y: 50 } },
]
const places = (placed: readonly { id: string; position: { x: number; y: number } }[]) =>
  Object.fromEntries(placed.map(({ id, position }) => [id, [position.x, position.y]]))

test('cards are put on the line of the outermost, or through the middle of what they span', () => {
  expect(places(align(cards, 'left'))).toEqual({ a: [0, 10], b: [0, 90], c: [0, 50] })
  expect(places(align(cards, 'right'))).toEqual({ a: [300, 10], b: [300, 90], c: [300, 50] })
  expect(places(align(cards, 'centre'))).toEqual({ a: [150, 10], b: [150, 90], c: [150, 50] })
  expect(places(align(cards, 'top'))).toEqual({ a: [0, 10], b: [300, 10], c: [100, 10] })
  expect(places(align(cards, 'middle'))).toEqual({ a: [0, 50], b: [300, 50], c: [100, 50] })
  expect(places(align(cards, 'bottom'))).toEqual({ a: [0, 90], b: [300, 90], c: [100, 90] })
})

test('cards are spread evenly between the outermost two, in the order they lie', () => {
  expect(places(distribute(cards, 'across'))).toEqual({ a: [0, 10], c: [150, 50], b: [300, 90] })
  expect(places(distribute(cards, 'down'))).toEqual({ a: [0, 10], c: [100, 50], b: [300, 90] })
})
