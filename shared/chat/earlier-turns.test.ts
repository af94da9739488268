import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { earlierTurns } from './earlier-turns.ts'
import { maxEarlierChars, maxEarlierTurns } from './limits.ts'

const turn = (asked: string, answered = 'Yes.') => ({ asked, answered })

describe('what was said before', () => {
  it('is given whole and in its order while it is short', () => {
    const turns = [turn('One?'), turn('Two?')]
    expect(earlierTurns(turns)).toEqual({ turns, leftOut: 0 })
  })

  it('loses its oldest turns first, and says how many', () => {
    const turns = Array.from({ length: maxEarlierTurns + 3 }, (_, index) => turn(`Question ${index}`))
    expect(earlierTurns(turns)).toEqual({ turns: turns.slice(3), leftOut: 3 })
  })

  it('is cut in the middle where a turn is long, with a sign of how much', () => {
    const [first] = earlierTurns([turn(`begin ${'x'.repeat(20_000)} end`)]).turns
    expect(first?.asked).toMatch(/^begin x+\n\[14010 characters are left out here\]\nx+ end$/)
  })

  it('never grows past its bound, and no turn is lost uncounted', () => {
    const texts = fc.string({ maxLength: 9_000 })
    fc.assert(
      fc.property(fc.array(fc.record({ asked: texts, answered: texts }), { maxLength: 40 }), (all) => {
        const { turns, leftOut } = earlierTurns(all)
        const chars = turns.reduce((sum, { asked, answered }) => sum + asked.length + answered.length, 0)
        expect(chars).toBeLessThanOrEqual(maxEarlierChars)
        expect(turns.length + leftOut).toBe(all.length)
      }),
    )
  })
})
