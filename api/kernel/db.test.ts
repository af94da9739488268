import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeOrg } from '../testing/factories.ts'
import { openTestDb, type TestDb } from '../testing/test-db.ts'
import { callAcrossOrgs, inSnapshot, inTransaction, ping, readRow, readRows } from './db.ts'
import { openDb } from './pool.ts'
import { sql } from './sql.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

const rename = (name: string) => sql`update orgs set name = ${name}`
const nameOf = async (context: Awaited<ReturnType<typeof makeOrg>>) =>
  (await readRow<{ name: string }>(testDb.db, context.orgId, sql`select name from orgs`))?.name

describe('a transaction', () => {
  test('that fails keeps nothing and tells nothing', async () => {
    const org = await makeOrg(testDb.db, { name: 'Before' })
    const failing = inTransaction(org, async (tx) => {
      await tx.rows(rename('After'))
      tx.tell({ type: 'org.created', payload: {} })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await nameOf(org)).toBe('Before')
    expect(await readRows(testDb.db, org.orgId, sql`select from events where seq > 1`)).toEqual([])
  })

  test('whose failed statement was swallowed throws instead of pretending to have committed', async () => {
    const org = await makeOrg(testDb.db, { name: 'Before' })
    const swallowing = inTransaction(org, async (tx) => {
      await tx.rows(rename('After'))
      await tx.rows(sql`select 1 / 0`).catch(() => [])
    })
    await expect(swallowing).rejects.toThrow(/rolled back/)
    expect(await nameOf(org)).toBe('Before')
  })

  test('that deadlocks runs again and both sides commit', async () => {
    const org = await makeOrg(testDb.db)
    const ids = [1, 2].map((place) => `user-${place}`)
    await inTransaction(org, async (tx) => {
      for (const id of ids) await tx.rows(sql`insert into members values (${tx.orgId}, ${id}, 'viewer')`)
    })
    const promote = (user: string) => sql`update members set role = 'member' where user_id = ${user}`
    let tries = 0
    let arrived = 0
    const { promise: bothHold, resolve: meet } = Promise.withResolvers<void>()
    const crossing = (order: readonly string[]) =>
      inTransaction(org, async (tx) => {
        tries++
        await tx.rows(promote(order[0] ?? ''))
        if (++arrived === 2) meet()
        await bothHold
        await tx.rows(promote(order[1] ?? ''))
      })
    await Promise.all([crossing(ids), crossing(ids.toReversed())])
    expect(tries).toBe(3)
  })

  test('of many facts numbers them in the order told', async () => {
    const org = await makeOrg(testDb.db)
    await inTransaction(org, async (tx) => {
      for (const contactPolicy of ['lineage', 'direct', 'lineage'] as const) {
        tx.tell({ type: 'org.contact-policy-changed', payload: { contactPolicy } })
      }
    })
    const told = await readRows(
      testDb.db,
      org.orgId,
      sql`select seq::int, payload from events where seq > 1 order by seq`,
    )
    expect(told).toEqual([
      { seq: 2, payload: { contactPolicy: 'lineage' } },
      { seq: 3, payload: { contactPolicy: 'direct' } },
      { seq: 4, payload: { contactPolicy: 'lineage' } },
    ])
  })
})

describe('the pool', () => {
  test('answers busy when every connection is in use for longer than its patience', async () => {
    const small = openDb({ connectionString: testDb.appUrl, max: 1, patienceMs: 500 })
    const org = await makeOrg(testDb.db)
    await inSnapshot(small, org.orgId, async () => {
      await expect(readRows(small, org.orgId, sql`select 1`)).rejects.toMatchObject({ code: 'busy' })
    })
    expect(await readRows(small, org.orgId, sql`select 1 as one`)).toEqual([{ one: 1 }])
    await small.pool.end()
  })

  test('survives the loss of its connections, in use and idle', async () => {
    const db = openDb({ connectionString: testDb.appUrl, max: 2 })
    const org = await makeOrg(testDb.db)
    const kill = sql`select pg_terminate_backend(pg_backend_pid())`
    await expect(readRows(db, org.orgId, kill)).rejects.toThrow()
    await expect(inTransaction({ ...org, db }, (tx) => tx.rows(kill))).rejects.toThrow()
    expect(await readRows(db, org.orgId, sql`select 1 as one`)).toEqual([{ one: 1 }])
    await db.pool.end()
  })

  test('says that the database does not answer', async () => {
    const db = openDb({ connectionString: 'postgres://nobody:x@127.0.0.1:9/none' })
    await expect(ping(db)).rejects.toMatchObject({ code: 'unavailable' })
    await db.pool.end()
  })
})

test('a read leaves no org behind on the connection', async () => {
  const db = openDb({ connectionString: testDb.appUrl, max: 1 })
  const org = await makeOrg(db)
  expect(await readRows(db, org.orgId, sql`select id from orgs`)).toHaveLength(1)
  expect(await callAcrossOrgs(db, sql`select id from orgs`)).toEqual([])
  await expect(readRows(db, org.orgId, sql`select 1 / 0`)).rejects.toMatchObject({ code: '22012' })
  expect(await callAcrossOrgs(db, sql`select id from orgs`)).toEqual([])
  await db.pool.end()
})
