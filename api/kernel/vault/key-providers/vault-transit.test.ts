import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openVaultService, vaultRefusal } from '../../../testing/key-services/vault.ts'
import type { VaultAuth } from './vault-login.ts'
import { openVaultTransit } from './vault-transit.ts'

let service: Awaited<ReturnType<typeof openVaultService>>
let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'delegraph-vault-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))
beforeEach(async () => {
  service = await openVaultService()
})
afterEach(() => service.stop())

const root: VaultAuth = { kind: 'token', token: 'root-token' }
const appRole: VaultAuth = { kind: 'approle', mount: 'approle', roleId: 'role', secretId: 'secret' }
const open = (auth: VaultAuth = root, over: { key?: string; namespace?: string } = {}) =>
  openVaultTransit({
    address: service.url,
    namespace: over.namespace,
    mount: 'transit',
    key: over.key ?? 'delegraph',
    auth,
    timeoutMs: 400,
  })

test('a data key comes back as it was, and its version of the key is known', async () => {
  const dataKey = new Uint8Array(randomBytes(32))
  const kept = await open().wrap(dataKey)
  expect(kept.keyId).toBe('vault:transit/delegraph/v1')
  expect(await open().unwrap(kept)).toEqual(dataKey)
})

test('after the key was rotated old data keys still open, and are wrapped anew inside Vault', async () => {
  const dataKey = new Uint8Array(randomBytes(32))
  const kept = await open().wrap(dataKey)
  service.state.versions.push(randomBytes(32))
  expect(await open().unwrap(kept)).toEqual(dataKey)
  service.asked.length = 0
  const anew = await open().rewrap(kept)
  expect(anew.keyId).toBe('vault:transit/delegraph/v2')
  expect(service.asked.map(({ path }) => path)).toEqual(['/v1/transit/rewrap/delegraph'])
  expect(await open().unwrap(anew)).toEqual(dataKey)
})

test('an expired token of AppRole is replaced by a fresh login', async () => {
  const provider = open(appRole)
  const kept = await provider.wrap(randomBytes(32))
  service.state.tokens.clear()
  expect(await provider.unwrap(kept)).toHaveLength(32)
  expect(service.asked.map(({ path }) => path)).toEqual([
    '/v1/auth/approle/login',
    '/v1/transit/encrypt/delegraph',
    '/v1/transit/decrypt/delegraph',
    '/v1/auth/approle/login',
    '/v1/transit/decrypt/delegraph',
  ])
})

test('a service account of Kubernetes and a token file log in, also in a namespace', async () => {
  const tokenFile = join(dir, 'service-account')
  writeFileSync(tokenFile, 'service-account\n')
  service.state.namespace = 'team/a'
  const byPod: VaultAuth = { kind: 'kubernetes', mount: 'kubernetes', role: 'delegraph', tokenFile }
  expect((await open(byPod, { namespace: 'team/a' }).wrap(randomBytes(32))).keyId).toBe('vault:transit/delegraph/v1')
  writeFileSync(tokenFile, 'expired')
  const provider = open({ kind: 'token-file', path: tokenFile }, { namespace: 'team/a' })
  await expect(provider.wrap(randomBytes(32))).rejects.toMatchObject({ code: 'unavailable' })
  writeFileSync(tokenFile, 'root-token')
  expect((await provider.wrap(randomBytes(32))).keyId).toBe('vault:transit/delegraph/v1')
})

test('an id that leads elsewhere in Vault is not followed', async () => {
  const kept = await open().wrap(randomBytes(32))
  service.asked.length = 0
  for (const keyId of ['vault:../sys/seal/v1', 'vault:transit/../../sys/v1', 'local:1', 'vault:transit/delegraph?x/v1'])
    await expect(open().unwrap({ ...kept, keyId })).rejects.toMatchObject({ code: 'unavailable' })
  expect(service.asked).toHaveLength(0)
})

test('many who need a login at once share one', async () => {
  const provider = open(appRole)
  await Promise.all(Array.from({ length: 5 }, () => provider.wrap(randomBytes(32))))
  expect(service.asked.filter(({ path }) => path.includes('login'))).toHaveLength(1)
})

test('refusals name the policy, the key or the login to put right', async () => {
  await expect(open({ kind: 'token', token: 'old' }).wrap(randomBytes(32))).rejects.toMatchObject({
    code: 'unavailable',
    fix: expect.stringContaining('path "transit/encrypt/delegraph"'),
  })
  await expect(open(root, { key: 'other' }).wrap(randomBytes(32))).rejects.toMatchObject({
    fix: expect.stringContaining('DELEGRAPH_VAULT_KEY'),
  })
  await expect(open({ ...appRole, secretId: 'wrong' }).wrap(randomBytes(32))).rejects.toMatchObject({
    fix: expect.stringContaining('DELEGRAPH_VAULT_SECRET_ID'),
  })
})

test('throttling, a seal, silence, a cut connection and half an answer are got over once', async () => {
  for (const mishap of [vaultRefusal(429), vaultRefusal(503), 'silence', 'cut', 'half'] as const) {
    service.mishaps.push(mishap)
    expect((await open().wrap(randomBytes(32))).keyId).toBe('vault:transit/delegraph/v1')
  }
  service.mishaps.push(vaultRefusal(503), vaultRefusal(503))
  await expect(open().wrap(randomBytes(32))).rejects.toMatchObject({ code: 'unavailable', fix: 'Unseal Vault.' })
})

test('a wrapped key that was changed is refused', async () => {
  const kept = await open().wrap(randomBytes(32))
  const changed = Uint8Array.from(kept.wrapped, (byte, index) => (index === 30 ? byte ^ 1 : byte))
  await expect(open().unwrap({ ...kept, wrapped: changed })).rejects.toMatchObject({
    code: 'unavailable',
    data: { isDamaged: true },
    message: expect.stringContaining('was changed'),
  })
})
