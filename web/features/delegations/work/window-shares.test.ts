import { expect, it } from 'vitest'
import { sharesOf } from './window-shares.ts'

it('sums the parts of a kind and gives each its share of the whole', () => {
  expect(sharesOf([])).toEqual([])
  expect(
    sharesOf([
      { kind: 'prompt', tokens: 50 },
      { kind: 'answer', tokens: 20 },
      { kind: 'result', tokens: 10 },
      { kind: 'answer', tokens: 20 },
    ]),
  ).toEqual([
    { kind: 'prompt', percent: 50 },
    { kind: 'answer', percent: 40 },
    { kind: 'result', percent: 10 },
  ])
})
