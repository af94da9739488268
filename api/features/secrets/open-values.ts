import type { OrgId } from '#shared/kernel/ids.ts'
import type { Db } from '../../kernel/db.ts'
import { open } from '../../kernel/vault/envelope.ts'
import { keyProviderOf } from '../../kernel/vault/of-db.ts'
import type { KeptVersion } from './version-store.ts'

type Opened = { value: string; until: number }

const caches = new WeakMap<Db, Map<string, Opened>>()
const keptMs = 300_000
const maxKept = 2_000

/**
 * The value of a version. A version never changes, so it is remembered for five minutes: a key management service is not
 * asked at every call, and whoever takes its key away is heard soon.
 */
export async function openVersion(db: Db, orgId: OrgId, kept: KeptVersion): Promise<string> {
  const cache = caches.get(db) ?? new Map<string, Opened>()
  caches.set(db, cache)
  const place = { orgId, secretId: kept.secretId, version: kept.version }
  const key = `${orgId}/${kept.secretId}/${kept.version}`
  forgetOld(cache)
  const known = cache.get(key)
  if (known && known.until > Date.now()) return known.value
  const value = await open(keyProviderOf(db), kept, place)
  const [oldest] = cache.keys()
  if (cache.size >= maxKept && oldest !== undefined) cache.delete(oldest)
  // Anew, so that the order stays that of age.
  cache.delete(key)
  cache.set(key, { value, until: Date.now() + keptMs })
  return value
}

/** What came first is forgotten first, so the old ones are in front. */
function forgetOld(cache: Map<string, Opened>): void {
  const now = Date.now()
  for (const [key, { until }] of cache) {
    if (until > now) return
    cache.delete(key)
  }
}
