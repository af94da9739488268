import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { newDataKey, open, type Place, seal } from './envelope.ts'
import { openLocalKeys } from './local-key.ts'

const folder = mkdtempSync(join(tmpdir(), 'vault-'))
afterAll(() => rmSync(folder, { recursive: true }))
const provider = openLocalKeys(folder)
const changed = { code: 'unavailable' }

const anyPlace = fc.record({ orgId: fc.uuid(), secretId: fc.uuid(), version: fc.integer({ min: 1, max: 1_000_000 }) })
const anyValue = fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }).filter((text) => text.isWellFormed())

async function sealed(place: Place, value: string) {
  const key = await newDataKey(provider)
  try {
    return seal(key, place, value)
  } finally {
    key.destroy()
  }
}

test('what was sealed opens in its place, and only there', async () => {
  await fc.assert(
    fc.asyncProperty(anyPlace, anyPlace, anyValue, async (place, other, value) => {
      const kept = await sealed(place, value)
      expect(await open(provider, kept, place)).toBe(value)
      const moved = [
        { ...place, orgId: other.orgId },
        { ...place, secretId: other.secretId },
        { ...place, version: place.version + 1 },
      ]
      for (const elsewhere of moved) await expect(open(provider, kept, elsewhere)).rejects.toMatchObject(changed)
    }),
    { numRuns: 50 },
  )
})

test('one flipped bit anywhere, in value or key, opens nothing', async () => {
  await fc.assert(
    fc.asyncProperty(anyPlace, anyValue, fc.nat(), fc.boolean(), async (place, value, at, isKey) => {
      const kept = await sealed(place, value)
      const name = isKey ? 'wrapped' : 'sealed'
      const bytes = Buffer.from(kept[name])
      const bit = at % (bytes.byteLength * 8)
      bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      await expect(open(provider, { ...kept, [name]: bytes }, place)).rejects.toMatchObject(changed)
    }),
    { numRuns: 100 },
  )
})

test('two versions do not open with each other’s key or value', async () => {
  const place = { orgId: randomUUID(), secretId: randomUUID(), version: 1 }
  const [one, two] = await Promise.all([sealed(place, 'old'), sealed({ ...place, version: 2 }, 'new')])
  await expect(open(provider, { ...one, sealed: two.sealed }, place)).rejects.toMatchObject(changed)
  await expect(open(provider, two, place)).rejects.toMatchObject(changed)
  expect(Buffer.from(one.sealed)).not.toEqual(Buffer.from((await sealed(place, 'old')).sealed))
})

test('cut short it opens nothing, and the error says nothing of the value', async () => {
  const place = { orgId: randomUUID(), secretId: randomUUID(), version: 1 }
  const kept = await sealed(place, 'canary-7f3a')
  for (const length of [0, 11, 27, kept.sealed.byteLength - 1]) {
    const cut = open(provider, { ...kept, sealed: kept.sealed.subarray(0, length) }, place)
    const error: unknown = await cut.catch((thrown: unknown) => thrown)
    expect(error).toMatchObject(changed)
    expect(JSON.stringify(error)).not.toContain('canary')
  }
})

test('a data key is overwritten once it was used', async () => {
  const lent: Uint8Array[] = []
  const lend = (bytes: Uint8Array) => {
    lent.push(bytes)
    return provider.wrap(bytes)
  }
  const watched = { ...provider, wrap: lend }
  const key = await newDataKey(watched)
  expect(lent).toHaveLength(1)
  expect(lent[0]?.some((byte) => byte !== 0)).toBe(true)
  key.destroy()
  expect(lent[0]?.every((byte) => byte === 0)).toBe(true)
})
