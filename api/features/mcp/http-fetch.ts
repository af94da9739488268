import type { FetchLike } from '@modelcontextprotocol/client'
import { isAllowedAddress } from '../../kernel/allowed-addresses.ts'
import { FetchFailure, safeFetch } from '../../kernel/safe-fetch.ts'

const maxBytes = 20_000_000

/**
 * The client's only way out: our own fetch, to the server's own origin alone. Nothing that a server says makes it ask another
 * place, by a redirect or otherwise.
 */
export function fetchOf(server: URL, idleMs: number): FetchLike {
  return async (asked, init = {}) => {
    const url = new URL(asked, server)
    if (url.origin !== server.origin) {
      throw new FetchFailure('not-sent', `${server.host} sends on to ${url.host}, which nobody allowed.`)
    }
    const { method, headers, body, signal } = init
    if (body !== undefined && body !== null && typeof body !== 'string') throw new Error('only text is sent')
    // A stream that is listened to may be silent for long.
    const listens = (method ?? 'GET') === 'GET'
    const response = await safeFetch(
      url,
      {
        ...(method && { method }),
        ...(headers && { headers: new Headers(headers) }),
        ...(typeof body === 'string' && { body }),
        ...(signal && { signal }),
      },
      { mayReachPrivate: isAllowedAddress(url), idleMs: listens ? 600_000 : idleMs, maxBytes },
    )
    if (response.status >= 300 && response.status < 400 && response.status !== 304) {
      const to = response.headers.get('location') ?? 'elsewhere'
      await response.body?.cancel()
      throw new FetchFailure(
        'cut',
        `${server.host} sends on to ${to.slice(0, 200)}. Give that address, if you trust it.`,
      )
    }
    return response
  }
}
