import robotsParser from 'robots-parser'
import { safeFetch } from '../../kernel/safe-fetch.ts'
import { agentName, reachOf } from './reach.ts'

const keptMs = 10 * 60_000
const patienceMs = 20_000
/** As many as RFC 9309 asks for at least. */
const maxHops = 5
const maxKept = 500
const kept = new Map<string, { readAt: number; allows: Promise<(url: string) => boolean> }>()

/** May a program read this address? As robots.txt of its host says (RFC 9309): what cannot be read there forbids nothing, a host in trouble everything. */
export async function robotsAllow(url: URL, signal: AbortSignal, now = Date.now()): Promise<boolean> {
  const found = kept.get(url.origin)
  const entry = found && now - found.readAt < keptMs ? found : { readAt: now, allows: readRobots(url) }
  kept.delete(url.origin)
  kept.set(url.origin, entry)
  const [oldest] = kept.keys()
  if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest)
  try {
    const allows = await Promise.race([entry.allows, aborted(signal)])
    return allows(url.href)
  } catch (error) {
    if (!signal.aborted) kept.delete(url.origin)
    throw error
  }
}

/** Others may wait for it as well, so whoever asked first cannot end it. */
async function readRobots(url: URL): Promise<(url: string) => boolean> {
  const signal = AbortSignal.timeout(patienceMs)
  const init = { headers: { 'user-agent': agentName, accept: 'text/plain' }, signal }
  let place = new URL('/robots.txt', url)
  for (let hop = 0; hop <= maxHops; hop++) {
    const response = await safeFetch(place, init, reachOf(place, 512_000))
    if (response.status >= 500) return () => false
    if (response.status < 300) {
      // Wherever it stands, it speaks of the host that was asked.
      const robots = robotsParser(new URL('/robots.txt', url).href, await response.text())
      return (asked) => robots.isAllowed(asked, agentName) !== false
    }
    await response.body?.cancel()
    const to = response.status < 400 ? response.headers.get('location') : null
    const next = to === null ? null : URL.parse(to, place)
    if (next === null || !/^https?:$/.test(next.protocol)) break
    place = next
  }
  return () => true
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
