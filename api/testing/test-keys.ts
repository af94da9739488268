import { randomBytes } from 'node:crypto'
import type { KeyProvider } from '../kernel/vault/key-provider.ts'

/** Wraps data keys for as long as the tests of this process run. */
export function openTestKeys(): KeyProvider {
  const mask = randomBytes(32)
  const masked = (bytes: Uint8Array) => Uint8Array.from(bytes, (byte, index) => byte ^ (mask[index] ?? 0))
  return {
    name: 'test',
    wrap: async (dataKey) => ({ keyId: 'test:1', wrapped: masked(dataKey) }),
    unwrap: async ({ wrapped }) => masked(wrapped),
  }
}
