import { expect, test } from 'vitest'
import { untilFetched } from './lazy-part.ts'

/** A server that is there or not at each question, in order; the last answer holds on. */
function reachOf(...there: readonly boolean[]) {
  const asked = [...there]
  const told: string[] = []
  const pauses: number[] = []
  return {
    told,
    pauses,
    reach: {
      answers: async () => (asked.length > 1 ? asked.shift() : asked[0]) ?? false,
      pause: async (ms: number) => pauses.push(ms),
      tellHeld: () => void told.push('held'),
    },
  }
}

function failing(times: number) {
  let left = times
  return async () => {
    if (left-- > 0) throw new TypeError('Failed to fetch dynamically imported module')
    return 'the part'
  }
}

test('a part is waited for while the server is away, told of once, and comes by itself', async () => {
  const { reach, told, pauses } = reachOf(false)
  expect(await untilFetched(failing(6), reach)).toBe('the part')
  expect(told).toEqual(['held'])
  expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 5_000, 5_000])
})

test('a server that is back just then gives it at the next try', async () => {
  const { reach, told } = reachOf(true)
  expect(await untilFetched(failing(1), reach)).toBe('the part')
  expect(told).toEqual([])
})

test('a part that a server which answers does not have is a fault', async () => {
  const { reach } = reachOf(false, true)
  await expect(untilFetched(failing(9), reach)).rejects.toThrow('Failed to fetch')
})
