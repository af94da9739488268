import { expect, test } from 'vitest'
import { appendChunk } from './output.ts'

test('chunks of one stream grow together, and a change of stream starts anew', () => {
  const output = [
    { stream: 'stdout', text: 'a' },
    { stream: 'stdout', text: 'b' },
    { stream: 'stderr', text: 'c' },
    { stream: 'stdout', text: 'd' },
  ] as const
  expect(output.reduce(appendChunk, [])).toEqual([
    { stream: 'stdout', text: 'ab' },
    { stream: 'stderr', text: 'c' },
    { stream: 'stdout', text: 'd' },
  ])
})
