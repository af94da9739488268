import { expect, test } from 'vitest'
import { cutOutput } from './cut-output.ts'

const out = (text: string) => ({ stream: 'stdout' as const, text })
const err = (text: string) => ({ stream: 'stderr' as const, text })

test('what fits is kept as it was', () => {
  const output = [out('a'), err('b')]
  expect(cutOutput(output, { chars: 2, pieces: 2 })).toEqual({ output, leftOut: 0 })
})

test('of more the beginning and the end are kept, each by its stream, and what is missing is counted', () => {
  const output = [out('0123'), err('4567'), out('89ab')]
  expect(cutOutput(output, { chars: 6, pieces: 10 })).toEqual({ output: [out('012'), out('9ab')], leftOut: 6 })
  const some = [out('0'), err('1'), out('2'), err('3')]
  expect(cutOutput(some, { chars: 100, pieces: 2 })).toEqual({ output: [out('0'), err('3')], leftOut: 2 })
})

test('no character is kept twice', () => {
  expect(cutOutput([out('abc')], { chars: 2, pieces: 10 })).toEqual({ output: [out('a'), out('c')], leftOut: 1 })
  expect(cutOutput([out('a'), out('b'), out('c')], { chars: 100, pieces: 2 }).leftOut).toBe(1)
})
