import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLocalKeys, requireLocalKeys } from './local-key.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-key-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const fileOf = (number: string) => join(folder, 'keys', `vault-${number}.key`)

test('the key is made once, for its user alone, and is there after a restart', async () => {
  const dataKey = randomBytes(32)
  const kept = await Promise.all(Array.from({ length: 5 }, () => openLocalKeys(folder).wrap(dataKey)))
  expect(readdirSync(join(folder, 'keys'))).toEqual(['vault-0001.key'])
  expect(statSync(fileOf('0001')).mode & 0o777).toBe(0o600)
  const restarted = openLocalKeys(folder)
  for (const one of kept) expect(Buffer.from(await restarted.unwrap(one))).toEqual(dataKey)
})

test('a newer key wraps, and what the older ones wrapped still opens', async () => {
  const keys = openLocalKeys(folder)
  const dataKey = randomBytes(32)
  const old = await keys.wrap(dataKey)
  const newest = keys.makeKey()
  const kept = await keys.wrap(dataKey)
  expect(kept.keyId).toBe(newest)
  expect(old.keyId).not.toBe(newest)
  expect(Buffer.from(await keys.unwrap(old))).toEqual(dataKey)
  expect(Buffer.from(await keys.unwrap(kept))).toEqual(dataKey)
  expect(keys.list().map(({ keyId }) => keyId)).toEqual([old.keyId, newest])
})

test('a key that is gone while secrets are wrapped by it is named, and no new one takes its place', async () => {
  const keys = openLocalKeys(folder)
  const { keyId, wrapped } = await keys.wrap(randomBytes(32))
  expect(() => requireLocalKeys(keys, folder, [keyId])).not.toThrow()
  renameSync(fileOf('0001'), join(folder, 'aside'))
  expect(() => requireLocalKeys(openLocalKeys(folder), folder, [keyId])).toThrow('vault-0001.key')
  await expect(keys.unwrap({ keyId, wrapped })).rejects.toMatchObject({ code: 'unavailable' })
  // Another key under the same name is not taken for it.
  keys.makeKey()
  expect(() => requireLocalKeys(keys, folder, [keyId])).toThrow('vault-0001.key')
})

test('keys of another provider are none of its business', () => {
  expect(() => requireLocalKeys(openLocalKeys(folder), folder, ['aws-kms:arn:aws:kms:1'])).not.toThrow()
})

test('a damaged file is named and not used', async () => {
  const keys = openLocalKeys(folder)
  const kept = await keys.wrap(randomBytes(32))
  writeFileSync(fileOf('0001'), 'half')
  await expect(keys.unwrap(kept)).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('is damaged'),
  })
  await expect(keys.wrap(randomBytes(32))).rejects.toMatchObject({ code: 'unavailable' })
})
