import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countLineChanges } from './line-diff.ts'

describe('counting the lines of a change', () => {
  test.each([
    ['', '', 0, 0],
    ['', 'one\ntwo\n', 2, 0],
    ['one\ntwo\n', '', 0, 2],
    ['one\ntwo\nthree\n', 'one\n2\nthree\n', 1, 1],
    ['one', 'one\n', 1, 1],
    ['a\nb\nc\n', 'c\na\nb\n', 1, 1],
    ['a\r\nb\r\n', 'a\nb\n', 2, 2],
    ['\n\n\n', '\n', 0, 2],
  ])('%j → %j', (before, after, added, removed) => {
    expect(countLineChanges(before, after)).toEqual({ added, removed })
  })

  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'))

  test('agrees with the table of all common subsequences', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { added, removed } = countLineChanges(before, after)
        const [a, b] = [lines(before), lines(after)]
        const kept = longestCommon(a, b)
        expect({ added, removed }).toEqual({ added: b.length - kept, removed: a.length - kept })
      }),
    )
  })

  test('stays quick and keeps the balance where everything changed places', () => {
    const many = Array.from({ length: 40_000 }, (_, index) => `${(index * 7919) % 40_000}\n`)
    const { added, removed } = countLineChanges(many.join(''), many.toReversed().join(''))
    expect(added).toBe(removed)
  })
})

function lines(text: string): string[] {
  return text.split(/(?<=\n)/).filter((line) => line !== '')
}

function longestCommon(a: readonly string[], b: readonly string[]): number {
  const [head, ...rest] = a
  if (head === undefined || b.length === 0) return 0
  const at = b.indexOf(head)
  const without = longestCommon(rest, b)
  return at < 0 ? without : Math.max(without, 1 + longestCommon(rest, b.slice(at + 1)))
}
