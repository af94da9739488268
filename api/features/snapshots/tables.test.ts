import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { leftOut, snapshotTables } from './tables-store.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb.close())

test('every tenant table is taken along or left out with a reason, and none is named that is not there', async () => {
  const tables = await testDb.asAdmin(`
    select c.relname as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
       and (c.relname = 'orgs' or exists (
         select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped))`)
  const named = [...snapshotTables.map((table) => table.name), ...Object.keys(leftOut)]
  expect(named.toSorted()).toEqual(tables.map((row) => String(row.name)).toSorted())
  expect(new Set(named).size).toBe(named.length)
  for (const reason of Object.values(leftOut)) expect(reason).toMatch(/\.$/)
})

test('what is taken along stands after everything it points at', async () => {
  const keys = await testDb.asAdmin(`
    select c.conrelid::regclass::text as from_table, c.confrelid::regclass::text as to_table
      from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace`)
  const place = new Map(snapshotTables.map((table, index) => [table.name, index]))
  const wrong = keys.filter(({ from_table: from, to_table: to }) => {
    const [own, other] = [place.get(String(from)), place.get(String(to))]
    return own !== undefined && from !== to && (other === undefined || other > own)
  })
  expect(wrong).toEqual([])
})
