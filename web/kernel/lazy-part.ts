import { lazy } from 'react'
import { noticeHere } from './noticed.ts'

const firstPauseMs = 500
const longestPauseMs = 5_000

/**
 * A part of the page that is fetched when it is first shown. While the server is away it is waited for, and the page around
 * it stays: what was typed there would go with it.
 */
export const lazyPart: typeof lazy = (load) => lazy(() => untilFetched(load))

type Reach = { answers: () => Promise<boolean>; pause: (ms: number) => Promise<unknown>; tellHeld: () => void }

const here: Reach = {
  answers: () =>
    fetch('/health', { cache: 'no-store' }).then(
      ({ ok }) => ok,
      () => false,
    ),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  tellHeld: () =>
    noticeHere({
      id: 'connection.part',
      kind: 'connection',
      tone: 'waiting',
      title: 'What you opened comes as soon as the server answers again. What you typed is kept.',
    }),
}

/** Tries again for as long as nobody answers. A server that answers and does not have the part is a fault: it is thrown. */
export async function untilFetched<T>(load: () => Promise<T>, reach: Reach = here): Promise<T> {
  let wasRefused = false
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await load()
    } catch (error) {
      const isThere = await reach.answers()
      // It may have come back between the two questions: only a second refusal is one.
      if (isThere && wasRefused) throw error
      wasRefused = isThere
      if (!isThere && pauseMs === firstPauseMs) reach.tellHeld()
    }
    await reach.pause(pauseMs)
  }
}
