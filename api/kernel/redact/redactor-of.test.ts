import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeOrg } from '../../testing/factories.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import type { OrgContext } from '../actor.ts'
import { inTransaction, readRows } from '../db.ts'
import { json, sql } from '../sql.ts'
import type { SecretValue } from './create-redactor.ts'
import { redactAll, redactorOf, requireMasked, setSecretSource } from './redactor-of.ts'

let testDb: TestDb
const values = new Map<string, SecretValue[]>()
let reads = 0

beforeAll(async () => {
  testDb = await openTestDb()
  setSecretSource(testDb.db, async (orgId) => {
    reads++
    return values.get(orgId) ?? []
  })
})
afterAll(() => testDb.close())

test('an org without secrets never asks for values', async () => {
  const org = await makeOrg(testDb.db)
  const before = reads
  await nameIt(org, 'sk-c4n4ry-1234')
  expect(await nameOf(org)).toBe('sk-c4n4ry-1234')
  expect(reads).toBe(before)
})

test('every text and JSON that a transaction writes or tells is masked', async () => {
  const org = await makeOrg(testDb.db)
  await setValue(org, 'sk-c4n4ry-2345')
  await nameIt(org, 'x sk-c4n4ry-2345')
  expect(await nameOf(org)).toBe('x [secret KEY]')
  const last = await readRows(
    org.db,
    org.orgId,
    sql`select payload from events where org_id = ${org.orgId} order by seq desc limit 1`,
  )
  expect(last).toMatchObject([{ payload: { call: 'x [secret KEY]' } }])
})

test('a secret that is a piece of our ids or of today stops nothing', async () => {
  const org = await makeOrg(testDb.db)
  const today = new Date().toISOString()
  await setValue(org, org.orgId.slice(-12), org.orgId.slice(0, 13), today.slice(0, 11))
  await nameIt(org, `x ${org.orgId.slice(-12)}`)
  expect(await nameOf(org)).toBe('x [secret KEY]')
  const rows = await readRows(org.db, org.orgId, sql`select chain_id from events where org_id = ${org.orgId}`)
  expect(rows.length).toBeGreaterThan(0)
  const redactor = await redactorOf(org.db, org.orgId)
  const ids = { orgId: org.orgId, at: today }
  expect(redactor.json(ids)).toEqual(ids)
  expect(redactor.json({ text: `of ${org.orgId}` }).text).not.toContain(org.orgId.slice(-12))
})

test('a secret that was set meanwhile is masked by a transaction that had begun before, on a node that was not told', async () => {
  const org = await makeOrg(testDb.db)
  await setValue(org, 'sk-c4n4ry-3456')
  await nameIt(org, 'warm')
  let tries = 0
  await inTransaction(org, async (tx) => {
    tries++
    // As another node does it, in this moment.
    if (tries === 1) await setValue(org, 'sk-c4n4ry-3456', 'sk-c4n4ry-new-4567')
    await tx.rows(sql`update orgs set name = ${'y sk-c4n4ry-new-4567'} where id = ${tx.orgId}`)
    tx.tell({ type: 'access.refused', payload: { call: 'x', times: 1 } })
  })
  expect(tries).toBe(2)
  expect(await nameOf(org)).toBe('y [secret KEY]')
})

test('the same holds for a transaction that tells nothing; one that only reads is not run again', async () => {
  const org = await makeOrg(testDb.db)
  await setValue(org, 'sk-c4n4ry-5678')
  await nameIt(org, 'warm')
  await setValue(org, 'sk-c4n4ry-5678', 'sk-c4n4ry-new-6789')
  let reads = 0
  await inTransaction(org, async (tx) => {
    reads++
    await tx.rows(sql`select name from orgs where id = ${tx.orgId}`)
  })
  expect(reads).toBe(1)
  let writes = 0
  await inTransaction(org, async (tx) => {
    writes++
    await tx.rows(sql`update orgs set name = ${'z sk-c4n4ry-new-6789'} where id = ${tx.orgId}`)
  })
  expect(writes).toBe(2)
  expect(await nameOf(org)).toBe('z [secret KEY]')
})

test('a value is known to the process before it is given out, and what it logs has none', async () => {
  const org = await makeOrg(testDb.db)
  await redactorOf(org.db, org.orgId)
  values.set(org.orgId, [{ name: 'KEY', value: 'sk-c4n4ry-5678' }])
  await bump(org)
  await requireMasked(org.db, org.orgId, [{ name: 'KEY', value: 'sk-c4n4ry-5678' }])
  expect((await redactorOf(org.db, org.orgId)).text('sk-c4n4ry-5678')).toBe('[secret KEY]')
  expect(redactAll(JSON.stringify({ msg: 'sk-c4n4ry-5678' }))).toBe('{"msg":"[secret KEY]"}')
})

test('values are of one org: another sees nothing masked', async () => {
  const [org, other] = [await makeOrg(testDb.db), await makeOrg(testDb.db)]
  await setValue(org, 'sk-c4n4ry-6789')
  await nameIt(other, 'sk-c4n4ry-6789')
  expect(await nameOf(other)).toBe('sk-c4n4ry-6789')
})

async function setValue(org: OrgContext, ...all: string[]): Promise<void> {
  const given = all.map((value) => ({ name: 'KEY', value }))
  values.set(org.orgId, given)
  await bump(org)
}

/** What setting a secret does to the count, see the migration. */
async function bump({ orgId }: OrgContext): Promise<void> {
  await testDb.asAdmin(`update org_sequences set secrets_version = secrets_version + 1 where org_id = '${orgId}'`)
}

async function nameIt(org: OrgContext, name: string): Promise<void> {
  await inTransaction(org, async (tx) => {
    const given = json({ name })
    await tx.rows(sql`update orgs set name = ${given}::jsonb ->> 'name' where id = ${tx.orgId}`)
    tx.tell({ type: 'access.refused', payload: { call: name, times: 1 } })
  })
}

async function nameOf({ db, orgId }: OrgContext): Promise<string> {
  const [row] = await readRows<{ name: string }>(db, orgId, sql`select name from orgs where id = ${orgId}`)
  return row?.name ?? ''
}
