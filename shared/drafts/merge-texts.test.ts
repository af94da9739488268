import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchLines } from './match-lines.ts'
import { mergeTexts, withEdits } from './merge-texts.ts'

function merged(base: string, mine: string, theirs: string): string | 'conflict' {
  const merge = mergeTexts(base, mine, theirs)
  return merge.kind === 'clean' ? withEdits(mine, merge.edits) : merge.kind
}

const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 10 }).map((lines) => lines.join('\n'))

describe('merging three ways', () => {
  test.each([
    ['one\ntwo\nthree\n', 'ONE\ntwo\nthree\n', 'one\ntwo\nTHREE\n', 'ONE\ntwo\nTHREE\n'],
    ['one\ntwo\n', 'one\ntwo\nmine', 'zero\none\ntwo\n', 'zero\none\ntwo\nmine'],
    ['one\n', 'same\n', 'same\n', 'same\n'],
    ['one\ntwo\n', 'one\n', 'one\ntwo\n', 'one\n'],
    ['one\ntwo\n', 'mine\ntwo\n', 'theirs\ntwo\n', 'conflict'],
    ['', 'mine', 'theirs', 'conflict'],
  ])('%j, mine %j, theirs %j gives %j', (base, mine, theirs, expected) => {
    expect(merged(base, mine, theirs)).toBe(expected)
  })

  test('keeps a side when the other did nothing, whichever it is', () => {
    fc.assert(
      fc.property(text, text, (base, other) => {
        expect(merged(base, other, base)).toBe(other)
        expect(merged(base, base, other)).toBe(other)
        expect(merged(base, other, other)).toBe(other)
      }),
    )
  })

  test('gives the same whoever merges, or is a conflict for both', () => {
    fc.assert(
      fc.property(text, text, text, (base, mine, theirs) => {
        expect(merged(base, mine, theirs)).toBe(merged(base, theirs, mine))
      }),
    )
  })
})

test('matched lines are equal and in order', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const [a, b] = [before.split('\n'), after.split('\n')]
      const matches = matchLines(a, b)
      let last = -1
      matches.forEach((place, index) => {
        if (place === undefined) return
        expect(place).toBeGreaterThan(last)
        expect(b[place]).toBe(a[index])
        last = place
      })
    }),
  )
})
