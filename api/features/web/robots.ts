import robotsParser from 'robots-parser'
import { safeFetch } from '../../kernel/safe-fetch.ts'
import { agentName, reachOf } from './reach.ts'

const keptMs = 10 * 60_000
const maxKept = 500
const kept = new Map<string, { readAt: number; allows: Promise<(url: string) => boolean> }>()

/** May a program read this address? As robots.txt of its host says (RFC 9309): what cannot be read there forbids nothing, a host in trouble everything. */
export async function robotsAllow(url: URL, signal: AbortSignal, now = Date.now()): Promise<boolean> {
  const found = kept.get(url.origin)
  const entry = found && now - found.readAt < keptMs ? found : { readAt: now, allows: readRobots(url, signal) }
  kept.delete(url.origin)
  kept.set(url.origin, entry)
  const [oldest] = kept.keys()
  if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest)
  try {
    return (await entry.allows)(url.href)
  } catch (error) {
    kept.delete(url.origin)
    throw error
  }
}

async function readRobots(url: URL, signal: AbortSignal): Promise<(url: string) => boolean> {
  const place = new URL('/robots.txt', url)
  const init = { headers: { 'user-agent': agentName, accept: 'text/plain' }, signal }
  const response = await safeFetch(place, init, reachOf(place, 512_000))
  if (response.status >= 500) return () => false
  if (response.status >= 300) {
    await response.body?.cancel()
    return () => true
  }
  const robots = robotsParser(place.href, await response.text())
  return (asked) => robots.isAllowed(asked, agentName) !== false
}
