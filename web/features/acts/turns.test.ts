import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

test('the second begins when the first has ended, also when that failed', async () => {
  const inTurn = createTurns()
  const held = Promise.withResolvers<void>()
  const began: string[] = []
  const first = inTurn(() => {
    began.push('first')
    return held.promise
  })
  const second = inTurn(async () => void began.push('second'))
  await Promise.resolve()
  expect(began).toEqual(['first'])
  held.reject(new Error('no'))
  await expect(first).rejects.toThrow('no')
  await second
  expect(began).toEqual(['first', 'second'])
})
