import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AppError } from '#shared/kernel/app-error.ts'
import { openVaultService } from '../../testing/key-services/vault.ts'
import { rememberKeys } from './key-providers/remember-keys.ts'
import { openKeyProvider } from './open-key-provider.ts'

let dataDir: string
let vault: Awaited<ReturnType<typeof openVaultService>>
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'delegraph-keys-'))
  vault = await openVaultService()
})
afterEach(async () => {
  await vault.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

const inVault = () => ({
  DELEGRAPH_KEY_PROVIDER: 'vault',
  VAULT_ADDR: vault.url,
  VAULT_TOKEN: 'root-token',
  DELEGRAPH_VAULT_KEY: 'delegraph',
})

test('without a word about it a key file of this machine wraps', async () => {
  const ring = openKeyProvider({ dataDir, env: {} })
  const dataKey = randomBytes(32)
  const kept = await ring.wrap(dataKey)
  expect(kept.keyId).toMatch(/^local:/)
  expect(Buffer.from(await ring.unwrap(kept))).toEqual(dataKey)
})

test('what the provider of before has wrapped still opens, and is wrapped anew by the one of now', async () => {
  const dataKey = randomBytes(32)
  const before = await openKeyProvider({ dataDir, env: {} }).wrap(dataKey)
  const ring = openKeyProvider({ dataDir, env: inVault() })
  expect(Buffer.from(await ring.unwrap(before))).toEqual(dataKey)
  const anew = await ring.rewrap?.(before)
  if (!anew) throw new Error('nothing was wrapped anew')
  expect(anew.keyId).toBe('vault:transit/delegraph/v1')
  expect(Buffer.from(await ring.unwrap(anew))).toEqual(dataKey)
})

test('a provider of before whose settings are gone says which ones', async () => {
  const kept = await openKeyProvider({ dataDir, env: inVault() }).wrap(randomBytes(32))
  const ring = openKeyProvider({ dataDir, env: {} })
  await expect(ring.unwrap(kept)).rejects.toMatchObject({ field: 'VAULT_ADDR' })
})

test.each([
  [{ DELEGRAPH_KEY_PROVIDER: 'kms' }, 'DELEGRAPH_KEY_PROVIDER'],
  [{ DELEGRAPH_KEY_PROVIDER: 'toString' }, 'DELEGRAPH_KEY_PROVIDER'],
  [{ DELEGRAPH_KEY_PROVIDER: 'aws-kms' }, 'DELEGRAPH_AWS_KMS_KEY'],
  [{ DELEGRAPH_KEY_PROVIDER: 'aws-kms', DELEGRAPH_AWS_KMS_KEY: 'alias/x' }, 'AWS_REGION'],
  [{ DELEGRAPH_KEY_PROVIDER: 'gcp-kms', DELEGRAPH_GCP_KMS_KEY: 'my-key' }, 'DELEGRAPH_GCP_KMS_KEY'],
  [{ DELEGRAPH_KEY_PROVIDER: 'vault', VAULT_ADDR: 'vault:8200' }, 'VAULT_ADDR'],
  [{ DELEGRAPH_KEY_PROVIDER: 'vault', VAULT_ADDR: 'https://v', DELEGRAPH_VAULT_KEY: '../sys' }, 'DELEGRAPH_VAULT_KEY'],
  [{ DELEGRAPH_KEY_PROVIDER: 'vault', VAULT_ADDR: 'https://v', DELEGRAPH_VAULT_KEY: 'k' }, 'VAULT_TOKEN'],
])('%o is refused before anything starts, naming %s', (env, field) => {
  const open = () => openKeyProvider({ dataDir, env })
  expect(open).toThrow(AppError)
  expect(open).toThrow(expect.objectContaining({ field, fix: expect.stringContaining(field) }))
})

test('a data key is asked for once in five minutes, and then overwritten', async () => {
  const asked: string[] = []
  let at = 0
  const provider = rememberKeys(
    {
      name: 'counted',
      wrap: async () => ({ keyId: 'counted:1', wrapped: new Uint8Array(3) }),
      unwrap: async ({ keyId }) => {
        asked.push(keyId)
        return new Uint8Array(32).fill(7)
      },
    },
    { most: 2, now: () => at },
  )
  const ask = async (keyId: string) => {
    const dataKey = await provider.unwrap({ keyId, wrapped: new Uint8Array(3) })
    expect([...new Set(dataKey)]).toEqual([7])
    dataKey.fill(0)
  }
  await ask('a')
  await ask('a')
  await ask('b')
  expect(asked).toEqual(['a', 'b'])
  await ask('c')
  await ask('a')
  expect(asked).toEqual(['a', 'b', 'c', 'a'])
  at += 5 * 60_000
  await ask('a')
  expect(asked).toHaveLength(5)
})
