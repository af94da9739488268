import { AppError } from '#shared/kernel/app-error.ts'
import type { KeyProvider, WrappedKey } from './key-provider.ts'
import { providerOf } from './key-providers/key-id.ts'

/**
 * Whoever wraps from now on, and behind it all who wrapped before: a change of the provider leaves nothing unreadable.
 * `others` are opened when a data key is met that they have wrapped; they may refuse, naming what is missing.
 */
export function createKeyRing(current: KeyProvider, others: Readonly<Record<string, () => KeyProvider>>): KeyProvider {
  const opened = new Map<string, KeyProvider>([[current.name, current]])
  const of = (keyId: string): KeyProvider => {
    const name = providerOf(keyId)
    const known = opened.get(name)
    if (known) return known
    const provider = others[name]?.()
    if (!provider) throw unknownProvider(keyId)
    opened.set(name, provider)
    return provider
  }
  const unwrap = async (kept: WrappedKey) => await of(kept.keyId).unwrap(kept)
  return {
    name: current.name,
    wrap: (dataKey) => current.wrap(dataKey),
    unwrap,
    ...(current.renewKey && { renewKey: current.renewKey }),
    async rewrap(kept) {
      if (current.rewrap && providerOf(kept.keyId) === current.name) return await current.rewrap(kept)
      const dataKey = await unwrap(kept)
      try {
        return await current.wrap(dataKey)
      } finally {
        dataKey.fill(0)
      }
    },
  }
}

function unknownProvider(keyId: string): AppError {
  return new AppError('unavailable', `No provider is known for the key ${keyId.slice(0, 80)}.`, {
    fix: 'Restore the row from a backup, or set the secret again.',
  })
}
