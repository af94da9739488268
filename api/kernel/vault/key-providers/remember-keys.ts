import { createHash } from 'node:crypto'
import type { KeyProvider, WrappedKey } from '../key-provider.ts'

type Kept = { dataKey: Uint8Array; until: number }

/**
 * Unwrapped data keys for five minutes, in memory and overwritten after that: a run that reads ten secrets a second does not
 * ask a key service ten times a second. It gives nothing away that the process does not hold already: it holds the values
 * themselves, to mask them in what it stores. A key that was disabled stops working here after those minutes.
 */
export function rememberKeys(
  provider: KeyProvider,
  { ms = 5 * 60_000, most = 1_000, now = Date.now }: { ms?: number; most?: number; now?: () => number } = {},
): KeyProvider {
  const kept = new Map<string, Kept>()
  const drop = (name: string) => {
    kept.get(name)?.dataKey.fill(0)
    kept.delete(name)
  }
  const dropOld = () => {
    const at = now()
    for (const [name, { until }] of kept) if (until <= at) drop(name)
  }
  // Keys that nobody asks for any more are overwritten all the same.
  setInterval(dropOld, Math.max(ms / 5, 1_000)).unref()

  return {
    name: provider.name,
    wrap: (dataKey) => provider.wrap(dataKey),
    async unwrap(wrapped) {
      dropOld()
      const name = nameOf(wrapped)
      const known = kept.get(name)
      if (known) return Uint8Array.from(known.dataKey)
      const dataKey = await provider.unwrap(wrapped)
      const [oldest] = kept.keys()
      if (kept.size >= most && oldest !== undefined) drop(oldest)
      // A copy: whoever asked overwrites theirs.
      kept.set(name, { dataKey: Uint8Array.from(dataKey), until: now() + ms })
      return dataKey
    },
  }
}

/** Every bit of what is kept counts: one that was changed is not found here and is refused by the service. */
function nameOf({ keyId, wrapped }: WrappedKey): string {
  return createHash('sha256').update(keyId).update('\0').update(wrapped).digest('hex')
}
