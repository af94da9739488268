import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spread } from './spread.ts'

describe('positions of a template', () => {
  it('stay as they are where our cards have room', () => {
    const positions = [
      { x: 0, y: 0 },
      { x: 300, y: 0 },
      { x: 0, y: 200 },
    ]
    expect(spread(positions)).toEqual(positions)
  })

  it('are pulled apart in the direction they were drawn in', () => {
    const row = [100, 260, 420].map((x) => ({ x, y: 200 }))
    expect(spread([{ x: 500, y: 40 }, ...row])).toEqual([
      { x: 800, y: 40 },
      { x: 160, y: 200 },
      { x: 416, y: 200 },
      { x: 672, y: 200 },
    ])
  })

  it('are left to the layout when two lie on each other', () => {
    expect(
      spread([
        { x: 5, y: 5 },
        { x: 5, y: 5 },
      ]),
    ).toBeUndefined()
  })

  it('never overlap afterwards', () => {
    const position = fc.record({ x: fc.integer({ min: -2000, max: 2000 }), y: fc.integer({ min: -2000, max: 2000 }) })
    fc.assert(
      fc.property(fc.array(position, { maxLength: 12 }), (positions) => {
        const placed = spread(positions) ?? []
        for (const [index, a] of placed.entries()) {
          for (const b of placed.slice(index + 1)) {
            expect(Math.abs(a.x - b.x) >= 232 || Math.abs(a.y - b.y) >= 76).toBe(true)
          }
        }
      }),
    )
  })
})
