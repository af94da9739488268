import { expect, it } from 'vitest'
import { oneAtATime } from './use-one-at-a-time.ts'

it('begins once for two presses in one breath, and again when the first has ended', () => {
  const begin = oneAtATime()
  const ends: (() => void)[] = []
  begin((end) => ends.push(end))
  begin((end) => ends.push(end))
  expect(ends).toHaveLength(1)
  ends[0]?.()
  begin((end) => ends.push(end))
  expect(ends).toHaveLength(2)
})
