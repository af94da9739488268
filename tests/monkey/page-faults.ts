import type { ConsoleMessage, Page } from '@playwright/test'

/** When the server was away on purpose. */
export type Downtime = { isDown: boolean; endedAt: number }

/** What was under way when the server went reaches the console a little later. */
const afterwardsMs = 5_000
const goneAway =
  /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_CLOSED|ERR_SOCKET_NOT_CONNECTED|status of 503|Failed to fetch|NetworkError/
const refused = /the server responded with a status of (4\d\d)/

/**
 * Errors of a page's console and scripts. A connection that fails while the server is away is none; neither is an answer by
 * which the server refuses in words (4xx), which is counted apart.
 */
export function listenForFaults(page: Page, name: string, downtime: Downtime) {
  const faults: string[] = []
  const refusals = new Map<number, number>()
  const isExcused = (words: string) =>
    goneAway.test(words) && (downtime.isDown || performance.now() - downtime.endedAt < afterwardsMs)

  page.on('console', (message: ConsoleMessage) => {
    if (message.type() !== 'error') return
    const words = `${message.text()} ${message.location().url}`
    const status = Number(refused.exec(words)?.[1] ?? 0)
    if (status > 0) {
      refusals.set(status, (refusals.get(status) ?? 0) + 1)
      return
    }
    if (!isExcused(words)) faults.push(`${name}'s console: ${words.slice(0, 600)}`)
  })
  page.on('pageerror', (error) => {
    if (!isExcused(error.message)) faults.push(`${name}'s page: ${error.message} ${(error.stack ?? '').slice(0, 600)}`)
  })
  page.on('crash', () => faults.push(`${name}'s page crashed.`))
  return { faults, refusals }
}
