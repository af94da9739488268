import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { gcpKey, gcpRefusal, openGcpKmsService, writeGcpCredentials } from '../../../testing/key-services/gcp-kms.ts'
import { crc32c } from './crc32c.ts'
import { openGcpKms } from './gcp-kms.ts'

let service: Awaited<ReturnType<typeof openGcpKmsService>>
let dir: string
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'delegraph-gcp-'))
  service = await openGcpKmsService()
  process.env.GOOGLE_APPLICATION_CREDENTIALS = writeGcpCredentials(dir, service.url)
})
afterAll(async () => {
  await service.stop()
  rmSync(dir, { recursive: true, force: true })
})
beforeEach(() => {
  service.asked.length = 0
  service.mishaps.length = 0
})

const open = (over: { key?: string; timeoutMs?: number } = {}) =>
  openGcpKms({ key: gcpKey, endpoint: service.url, timeoutMs: 400, ...over })

test('the checksum is the one of RFC 3720', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283)
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
})

test('a data key comes back as it was, and its version of the key is known', async () => {
  const provider = open({ timeoutMs: 5_000 })
  const dataKey = new Uint8Array(randomBytes(32))
  const kept = await provider.wrap(dataKey)
  expect(kept.keyId).toBe(`gcp-kms:${gcpKey}/cryptoKeyVersions/4`)
  expect(await provider.unwrap(kept)).toEqual(dataKey)
  expect(service.asked.map(({ path }) => path.replace(gcpKey, 'KEY'))).toEqual([
    '/token',
    '/v1/KEY:encrypt',
    '/v1/KEY:decrypt',
  ])
})

test('an access token that was withdrawn is replaced by a fresh login', async () => {
  const provider = open()
  const kept = await provider.wrap(randomBytes(32))
  service.state.tokens.clear()
  expect(await provider.unwrap(kept)).toHaveLength(32)
})

test('an answer damaged on the way is noticed by its checksum', async () => {
  const provider = open()
  const kept = await provider.wrap(randomBytes(32))
  const damaged = { status: 200, body: { plaintext: randomBytes(32).toString('base64'), plaintextCrc32c: '1' } }
  service.mishaps.push(damaged, damaged)
  await expect(provider.unwrap(kept)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('damaged'),
  })
})

test('refusals name the role, the key or the credentials to put right', async () => {
  const provider = open()
  await provider.wrap(randomBytes(32))
  service.mishaps.push(gcpRefusal(403, 'PERMISSION_DENIED'))
  await expect(provider.wrap(randomBytes(32))).rejects.toMatchObject({
    code: 'unavailable',
    fix: expect.stringContaining('cryptoKeyEncrypterDecrypter'),
  })
  await expect(open({ key: `${gcpKey}-other` }).wrap(randomBytes(32))).rejects.toMatchObject({
    fix: expect.stringContaining('DELEGRAPH_GCP_KMS_KEY'),
  })
  process.env.GOOGLE_APPLICATION_CREDENTIALS = join(dir, 'missing.json')
  await expect(open().wrap(randomBytes(32))).rejects.toMatchObject({
    code: 'unavailable',
    fix: expect.stringContaining('GOOGLE_APPLICATION_CREDENTIALS'),
  })
  process.env.GOOGLE_APPLICATION_CREDENTIALS = join(dir, 'credentials.json')
})

test('throttling, silence, a cut connection and half an answer are got over once', async () => {
  const provider = open()
  await provider.wrap(randomBytes(32))
  for (const mishap of [gcpRefusal(429, 'RESOURCE_EXHAUSTED'), 'silence', 'cut', 'half'] as const) {
    service.mishaps.push(mishap)
    expect((await provider.wrap(randomBytes(32))).wrapped.length).toBeGreaterThan(32)
  }
})

test('a wrapped key that was changed is refused', async () => {
  const provider = open()
  const kept = await provider.wrap(randomBytes(32))
  const changed = Uint8Array.from(kept.wrapped, (byte, index) => (index === 40 ? byte ^ 1 : byte))
  await expect(provider.unwrap({ ...kept, wrapped: changed })).rejects.toMatchObject({
    code: 'unavailable',
    data: { isDamaged: true },
    message: expect.stringContaining('INVALID_ARGUMENT'),
  })
})
