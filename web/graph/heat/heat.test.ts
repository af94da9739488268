import { describe, expect, it } from 'vitest'
import { legendOf, levelOf, measure, roundTop, topFor, valueWords } from './heat.ts'

describe('the scale of an overlay', () => {
  it('ends at a round number that its quarters are round of too', () => {
    expect([0, 3, 4, 5, 9, 12, 35, 41, 170].map(roundTop)).toEqual([4, 4, 4, 8, 20, 20, 40, 80, 200])
  })

  it('keeps spend readable where hardly any was spent', () => {
    expect(topFor('spend', 3)).toBe(400)
    expect(topFor('queue', 3)).toBe(4)
  })

  it('puts a value in its quarter, and nothing in none', () => {
    expect([0, 1, 5, 10, 11, 20, 90].map((value) => levelOf(value, 20))).toEqual([0, 1, 1, 2, 3, 4, 4])
    expect(levelOf(3, 0)).toBe(0)
  })

  it('measures what it is named after', () => {
    const measured = { spendToday: 100, queued: 2, failedToday: 1 }
    expect((['spend', 'queue', 'errors'] as const).map((kind) => measure(kind, measured))).toEqual([100, 2, 1])
    expect(valueWords('errors', 1)).toBe('1 error')
    expect(valueWords('spend', 2_000_000)).toBe('$2.00')
  })
})

describe('the legend', () => {
  it('says in numbers what each colour stands for', () => {
    expect(legendOf({ kind: 'queue', top: 8 }).map(({ words }) => words)).toEqual([
      '0',
      '1–2',
      '3–4',
      '5–6',
      '7 or more',
    ])
    expect(legendOf({ kind: 'errors', top: 4 }).map(({ words }) => words)).toEqual(['0', '1', '2', '3', '4 or more'])
    expect(legendOf({ kind: 'spend', top: 4_000_000 }).map(({ words }) => words)).toEqual([
      'nothing',
      'up to $1.00',
      'up to $2.00',
      'up to $3.00',
      'over $3.00',
    ])
  })
})
