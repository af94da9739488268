import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { AppError } from '#shared/kernel/app-error.ts'
import type { KeyProvider } from './key-provider.ts'
import { createKeyFile, type KeyFile, readKeyFiles } from './local-key-files.ts'

export type LocalKey = { keyId: string; path: string; createdAt: Date }

export type LocalKeys = KeyProvider & {
  /** Makes a key that wraps from now on; what the others wrapped still opens. Gives its id. */
  makeKey(): string
  /** Oldest first. */
  list(): LocalKey[]
}

const prefix = 'local:'
const nonceBytes = 12
const tagBytes = 16

/**
 * Wrapping keys as files of the data folder: `keys/vault-0001.key`. The newest wraps, each unwraps what it wrapped. The
 * first is made when something is wrapped for the first time. An id says which file (`local:0001-…`) and, by eight digits
 * of the key's SHA-256, which key, so that another one under the same name is not taken for it.
 */
export function openLocalKeys(dataDir: string): LocalKeys {
  const folder = join(dataDir, 'keys')
  return {
    name: 'local',
    async wrap(dataKey) {
      const file = readKeyFiles(folder).at(-1) ?? createKeyFile(folder, 1)
      const keyId = idOf(file)
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', file.key, nonce, { authTagLength: tagBytes })
      cipher.setAAD(Buffer.from(keyId))
      return { keyId, wrapped: Buffer.concat([nonce, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]) }
    },
    async unwrap({ keyId, wrapped }) {
      const file = readKeyFiles(folder).find((one) => idOf(one) === keyId)
      if (!file) throw lostKeys(folder, [keyId])
      try {
        return unwrapWith(file.key, keyId, wrapped)
      } catch (cause) {
        throw new AppError('unavailable', `A key wrapped by ${file.path} cannot be opened: it was changed.`, {
          fix: 'Set the secret again.',
          data: { isDamaged: true },
          cause,
        })
      }
    },
    makeKey: () => idOf(createKeyFile(folder, (readKeyFiles(folder).at(-1)?.number ?? 0) + 1)),
    list: () => readKeyFiles(folder).map((file) => ({ keyId: idOf(file), path: file.path, createdAt: file.createdAt })),
  }
}

/** Refuses where a key is gone that secrets are still wrapped by: a new one in its place would only hide the loss. */
export function requireLocalKeys(keys: LocalKeys, dataDir: string, keyIdsInUse: readonly string[]): void {
  const there = new Set(keys.list().map(({ keyId }) => keyId))
  const lost = keyIdsInUse.filter((keyId) => keyId.startsWith(prefix) && !there.has(keyId))
  if (lost.length > 0) throw lostKeys(join(dataDir, 'keys'), lost)
}

function unwrapWith(key: Uint8Array, keyId: string, wrapped: Uint8Array): Uint8Array {
  if (wrapped.byteLength < nonceBytes + tagBytes) throw new Error('too short to be wrapped')
  const end = wrapped.byteLength - tagBytes
  const cipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(0, nonceBytes), { authTagLength: tagBytes })
  cipher.setAAD(Buffer.from(keyId)).setAuthTag(wrapped.subarray(end))
  return Buffer.concat([cipher.update(wrapped.subarray(nonceBytes, end)), cipher.final()])
}

function idOf({ number, key }: KeyFile): string {
  return `${prefix}${String(number).padStart(4, '0')}-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`
}

function lostKeys(folder: string, keyIds: readonly string[]): AppError {
  const names = keyIds.map((keyId) => `vault-${keyId.slice(prefix.length).split('-')[0]}.key`).join(', ')
  return new AppError('unavailable', `Secrets are wrapped by the key in ${names}, which is not in ${folder}.`, {
    field: 'data-dir',
    fix: 'Put the file back from a backup, or copy it from the data folder of the node that made it: without it they cannot be read.',
  })
}
