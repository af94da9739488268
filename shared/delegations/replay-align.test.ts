import { expect, test } from 'vitest'
import { alignSteps, type Comparable, commonBeginning } from './replay-align.ts'

test('a beginning that is shared stands pairwise, with what was edited in it', () => {
  const left = [step(0, 'context', 'old'), step(1, 'model', 'ask'), step(2, 'tool', 'red')]
  const right = [step(0, 'context', 'new'), step(1, 'model', 'ask'), step(2, 'tool', 'red')]
  expect(alignSteps(left, right, 3).map(({ is }) => is)).toEqual(['edited', 'same', 'same'])
})

test('after it, calls of one kind and name stand beside each other and the rest alone', () => {
  const left = [step(0, 'model', 'a'), step(1, 'tool', 'x'), step(2, 'model', 'end')]
  const right = [step(0, 'model', 'b'), step(1, 'model', 'end')]
  expect(alignSteps(left, right, 0)).toEqual([
    { left: 0, right: 0, is: 'other' },
    { left: 1, right: null, is: 'only-left' },
    { left: 2, right: 1, is: 'same' },
  ])
  expect(alignSteps([], right, 0).map(({ is }) => is)).toEqual(['only-right', 'only-right'])
})

test('the beginning two traces have in common ends at the first difference', () => {
  const left = [step(0, 'context', 'c'), step(1, 'model', 'a')]
  expect(commonBeginning(left, left)).toBe(2)
  expect(commonBeginning(left, [step(0, 'context', 'c'), step(1, 'model', 'b')])).toBe(1)
  expect(commonBeginning(left, [])).toBe(0)
})

function step(number: number, kind: Comparable['kind'], output: string): Comparable {
  return { step: number, kind, name: kind, state: 'done', error: null, output: { text: output } }
}
