import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { AppError } from '#shared/kernel/app-error.ts'
import type { KeyProvider, WrappedKey } from './key-provider.ts'

/** What a sealed value belongs to. It is bound to it: elsewhere it does not open. */
export type Place = { orgId: string; secretId: string; version: number }

/** A value as it is kept: `sealed` is 12 bytes of nonce, the ciphertext and 16 bytes of tag. */
export type Envelope = WrappedKey & { sealed: Uint8Array }

/** A fresh key for one value; `destroy` overwrites it, and whoever asked for it calls that. */
export type DataKey = { readonly bytes: Uint8Array; readonly kept: WrappedKey; destroy(): void }

const algorithm = 'aes-256-gcm'
const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

/** A random key, wrapped by the provider; the wait for the provider is before the transaction that writes the value. */
export async function newDataKey(provider: KeyProvider): Promise<DataKey> {
  const bytes = randomBytes(keyBytes)
  try {
    return { bytes, kept: await provider.wrap(bytes), destroy: () => void bytes.fill(0) }
  } catch (error) {
    bytes.fill(0)
    throw error
  }
}

/** AES-256-GCM with a random nonce, bound to the place. */
export function seal({ bytes, kept }: DataKey, place: Place, value: string): Envelope {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(algorithm, bytes, nonce, { authTagLength: tagBytes }).setAAD(aadOf(place))
  const plain = Buffer.from(value, 'utf8')
  try {
    const sealed = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    return { ...kept, sealed }
  } finally {
    plain.fill(0)
  }
}

/** The value, or `unavailable`: changed in any bit, moved to another place, or its wrapping key is gone. */
export async function open(provider: KeyProvider, { sealed, keyId, wrapped }: Envelope, place: Place): Promise<string> {
  const key = await provider.unwrap({ keyId, wrapped })
  try {
    return openWith(key, sealed, place)
  } catch (cause) {
    throw new AppError('unavailable', 'A secret cannot be opened: what is kept of it was changed.', {
      fix: 'Set it again.',
      data: { isDamaged: true },
      cause,
    })
  } finally {
    key.fill(0)
  }
}

function openWith(key: Uint8Array, sealed: Uint8Array, place: Place): string {
  if (sealed.byteLength < nonceBytes + tagBytes) throw new Error('too short to be sealed')
  const nonce = sealed.subarray(0, nonceBytes)
  const tag = sealed.subarray(sealed.byteLength - tagBytes)
  const cipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes })
    .setAAD(aadOf(place))
    .setAuthTag(tag)
  const plain = Buffer.concat([
    cipher.update(sealed.subarray(nonceBytes, sealed.byteLength - tagBytes)),
    cipher.final(),
  ])
  try {
    return plain.toString('utf8')
  } finally {
    plain.fill(0)
  }
}

/** Ids are UUIDs and the version is a number, so the separator cannot be part of one. */
function aadOf({ orgId, secretId, version }: Place): Uint8Array {
  return Buffer.from(`${orgId}/${secretId}/${version}`, 'utf8')
}
