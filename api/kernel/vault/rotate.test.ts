import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeOrg } from '../../testing/factories.ts'
import { openVaultService, vaultRefusal } from '../../testing/key-services/vault.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import type { OrgContext } from '../actor.ts'
import { inSnapshot, inTransaction } from '../db.ts'
import { type Db, openDb } from '../pool.ts'
import { sql } from '../sql.ts'
import { type Envelope, newDataKey, open, seal } from './envelope.ts'
import type { KeyProvider } from './key-provider.ts'
import { keyProviderOf, setKeyProvider } from './of-db.ts'
import { openKeyProvider } from './open-key-provider.ts'
import { rotateDue } from './rotate.ts'
import { countByKey, newestRotation } from './rotate-store.ts'
import { startRotation, startRotationEverywhere } from './start-rotation.ts'

let testDb: TestDb
let otherNode: Db
let vault: Awaited<ReturnType<typeof openVaultService>>
let dataDir: string
let org: OrgContext
beforeAll(async () => {
  testDb = await openTestDb()
  otherNode = openDb({ connectionString: testDb.appUrl, max: 4 })
})
afterAll(async () => {
  await otherNode.pool.end()
  await testDb.close()
})
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'delegraph-rotate-'))
  vault = await openVaultService()
  await testDb.asAdmin('delete from key_rotations; delete from secrets')
  org = await makeOrg(testDb.db)
  useProvider(openKeyProvider({ dataDir, env: {} }))
})
afterEach(async () => {
  await vault.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

function useProvider(provider: KeyProvider): void {
  setKeyProvider(testDb.db, provider)
  setKeyProvider(otherNode, provider)
}

const inVault = () =>
  openKeyProvider({
    dataDir,
    env: {
      DELEGRAPH_KEY_PROVIDER: 'vault',
      VAULT_ADDR: vault.url,
      VAULT_TOKEN: 'root-token',
      DELEGRAPH_VAULT_KEY: 'delegraph',
    },
  })

async function keep(context: OrgContext, values: readonly string[]): Promise<void> {
  const provider = keyProviderOf(context.db)
  for (const value of values) {
    const place = { orgId: context.orgId, secretId: randomUUID(), version: 1 }
    const dataKey = await newDataKey(provider)
    const { sealed, keyId, wrapped } = seal(dataKey, place, value)
    await inTransaction(context, async (tx) => {
      await tx.rows(sql`
        insert into secrets (org_id, id, name, version, hint, created_by_name, updated_by_name)
        values (${tx.orgId}, ${place.secretId}, ${`S${randomBytes(6).toString('hex').toUpperCase()}`}, 1, '••••', 'x', 'x')`)
      await tx.rows(sql`
        insert into secret_versions (org_id, secret_id, version, sealed, key_id, wrapped, created_by_name)
        values (${tx.orgId}, ${place.secretId}, 1, ${sealed}, ${keyId}, ${wrapped}, 'x')`)
    })
  }
}

type Kept = Envelope & { secretId: string; version: number }

const kept = (context: OrgContext) =>
  inSnapshot(context.db, context.orgId, (reader) =>
    reader.rows<Kept>(sql`select secret_id as "secretId", version, sealed, key_id as "keyId", wrapped
                            from secret_versions where org_id = ${reader.orgId} order by secret_id`),
  )

async function values(context: OrgContext): Promise<string[]> {
  const provider = keyProviderOf(context.db)
  const rows = await kept(context)
  const opened = rows.map((row) => open(provider, row, { orgId: context.orgId, ...row }))
  return (await Promise.all(opened)).toSorted()
}

const keysOf = async (context: OrgContext) =>
  (await inSnapshot(context.db, context.orgId, countByKey)).map((row) => row.keyId)
const newest = (context: OrgContext) => inSnapshot(context.db, context.orgId, newestRotation)
const some = (count: number) => Array.from({ length: count }, (_, index) => `value ${1_000 + index}`)

test('from the file of this machine to Vault: every value opens before, in between and after', async () => {
  await keep(org, some(45))
  useProvider(inVault())
  expect(await values(org)).toEqual(some(45))
  await startRotation(org, 'wrapping')
  await rotateDue(testDb.db)
  expect(await keysOf(org)).toEqual(['vault:transit/delegraph/v1'])
  expect(await values(org)).toEqual(some(45))
  expect(await newest(org)).toMatchObject({
    total: 45,
    done: 45,
    failed: 0,
    problem: null,
    finishedAt: expect.any(Date),
  })
})

test('a new file of this machine takes over, and the one of before is needed by nothing', async () => {
  await keep(org, some(3))
  const [before] = await keysOf(org)
  await startRotation(org, 'wrapping')
  await rotateDue(testDb.db)
  const [after] = await keysOf(org)
  expect(after).toMatch(/^local:/)
  expect(after).not.toBe(before)
  expect(await values(org)).toEqual(some(3))
})

test('a fresh data key for every value: nothing of what was kept is the same, and each value is', async () => {
  await keep(org, some(5))
  const before = await kept(org)
  await startRotation(org, 'data')
  await rotateDue(testDb.db)
  const after = await kept(org)
  before.forEach((row, index) => {
    expect(after[index]?.sealed).not.toEqual(row.sealed)
    expect(after[index]?.wrapped).not.toEqual(row.wrapped)
  })
  expect(await values(org)).toEqual(some(5))
})

/** A provider that stops for ever at one call, as in a process that is killed there. */
function stuckAfter(provider: KeyProvider, calls: number) {
  const { promise: reached, resolve } = Promise.withResolvers<void>()
  let left = calls
  const rewrap: KeyProvider['rewrap'] = async (one) => {
    left--
    if (left >= 0) return (await provider.rewrap?.(one)) ?? one
    resolve()
    return await new Promise<never>(() => {})
  }
  return { provider: { ...provider, rewrap }, reached }
}

test('killed in the middle, another node goes on where it was, and nothing is done twice', async () => {
  await keep(org, some(50))
  const ring = inVault()
  const stuck = stuckAfter(ring, 27)
  setKeyProvider(testDb.db, stuck.provider)
  setKeyProvider(otherNode, ring)
  await startRotation(org, 'wrapping')
  rotateDue(testDb.db).catch(() => undefined)
  await stuck.reached
  expect(await newest(org)).toMatchObject({ done: 20, finishedAt: null })
  // While its lease lasts nobody takes it over.
  await rotateDue(otherNode)
  expect(await newest(org)).toMatchObject({ done: 20, finishedAt: null })
  await testDb.asAdmin(`update key_rotations set claimed_until = now() - interval '1 second'`)
  await rotateDue(otherNode)
  expect(await newest(org)).toMatchObject({ total: 50, done: 50, failed: 0, finishedAt: expect.any(Date) })
  useProvider(ring)
  expect(await values(org)).toEqual(some(50))
})

test('two nodes at once share the orgs and rotate each value once', async () => {
  const second = await makeOrg(testDb.db)
  await keep(org, some(25))
  await keep(second, some(25))
  useProvider(inVault())
  expect(await startRotationEverywhere(testDb.db, 'wrapping', 'the test')).toBe(2)
  expect(await startRotationEverywhere(testDb.db, 'wrapping', 'the test')).toBe(0)
  vault.asked.length = 0
  await Promise.all([rotateDue(testDb.db), rotateDue(otherNode), rotateDue(testDb.db)])
  for (const one of [org, second]) expect(await newest(one)).toMatchObject({ done: 25, finishedAt: expect.any(Date) })
  const wraps = vault.asked.filter(({ path }) => path.includes('/encrypt/')).length
  // Each rotation also tries the key once before it begins.
  expect(wraps).toBe(52)
})

test('a second rotation waits for the first', async () => {
  await keep(org, some(1))
  await startRotation(org, 'wrapping')
  await expect(startRotation(org, 'data')).rejects.toMatchObject({ code: 'conflict' })
})

test('while Vault is down the rotation says so and goes on when it is back', async () => {
  await keep(org, some(3))
  useProvider(inVault())
  await startRotation(org, 'wrapping')
  vault.mishaps.push(vaultRefusal(503), vaultRefusal(503))
  await rotateDue(testDb.db)
  expect(await newest(org)).toMatchObject({
    done: 0,
    failed: 0,
    problem: expect.stringContaining('Unseal Vault'),
    finishedAt: null,
  })
  await testDb.asAdmin('update key_rotations set look_at = now()')
  await rotateDue(testDb.db)
  expect(await newest(org)).toMatchObject({ done: 3, problem: null, finishedAt: expect.any(Date) })
})

test('a value that was changed is counted and left alone, and the others are rotated', async () => {
  await keep(org, some(3))
  await testDb.asAdmin(`update secret_versions set wrapped = substr(wrapped, 1, 20)
    where (secret_id, version) in (select secret_id, version from secret_versions order by secret_id limit 1)`)
  useProvider(inVault())
  await startRotation(org, 'wrapping')
  await rotateDue(testDb.db)
  expect(await newest(org)).toMatchObject({
    done: 2,
    failed: 1,
    problem: expect.stringContaining('changed'),
    finishedAt: expect.any(Date),
  })
})

test('nothing begins where the key does not wrap', async () => {
  await keep(org, some(1))
  useProvider(inVault())
  vault.state.tokens.clear()
  await expect(startRotation(org, 'wrapping')).rejects.toMatchObject({ code: 'unavailable' })
  expect(await newest(org)).toBeUndefined()
})
