import { describe, expect, it } from 'vitest'
import { cardSize } from './card-size.ts'
import { boundsOf, cardAt } from './hit-test.ts'

const cards = [
  { id: 'below', position: { x: 0, y: 0 } },
  { id: 'above', position: { x: 100, y: 20 } },
]
const nobody = new Set<string>()

describe('what lies under the pointer', () => {
  it('is the card drawn last where two overlap', () => {
    expect(cardAt(cards, { x: 150, y: 40 }, nobody)?.id).toBe('above')
    expect(cardAt(cards, { x: 50, y: 40 }, nobody)?.id).toBe('below')
  })

  it('is never what is being dragged', () => {
    expect(cardAt(cards, { x: 150, y: 40 }, new Set(['above']))?.id).toBe('below')
  })

  it('is nothing beside the cards, to the pixel', () => {
    expect(cardAt(cards, { x: -1, y: 0 }, nobody)).toBeUndefined()
    expect(cardAt(cards, { x: 0, y: cardSize.height }, nobody)).toBeUndefined()
    expect(cardAt(cards, { x: 0, y: cardSize.height - 1 }, nobody)?.id).toBe('below')
  })
})

describe('the bounds of cards', () => {
  it('reach around all of them, and are nothing for none', () => {
    expect(boundsOf(cards)).toEqual({ x: 0, y: 0, width: 100 + cardSize.width, height: 20 + cardSize.height })
    expect(boundsOf([])).toBeUndefined()
  })
})
