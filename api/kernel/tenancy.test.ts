import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeOrg, makeWorkspaces } from '../testing/factories.ts'
import { openTestDb, type TestDb } from '../testing/test-db.ts'
import { inTransaction, readRows } from './db.ts'
import { sql } from './sql.ts'

let testDb: TestDb
let catalogue: pg.Client
beforeAll(async () => {
  testDb = await openTestDb()
  catalogue = new pg.Client(testDb.adminUrl)
  await catalogue.connect()
})
afterAll(async () => {
  await catalogue.end()
  await testDb.close()
})

/** Every table with an org_id, and orgs itself. */
const tenantTables = `
  select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner) as owner
    from pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
     and (c.relname = 'orgs' or exists (
       select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped))`

test('every tenant table forces row-level security, has the policy, and belongs to the owner role', async () => {
  const { rows } = await catalogue.query(`
    select t.relname, t.relrowsecurity, t.relforcerowsecurity, t.owner, p.polname, p.polpermissive, p.polcmd,
           pg_get_expr(p.polqual, t.oid) as using_, pg_get_expr(p.polwithcheck, t.oid) as check_, p.polroles::text
      from (${tenantTables}) t left join pg_policy p on p.polrelid = t.oid and p.polname = 'own_org' order by 1`)
  expect(rows.length).toBeGreaterThan(10)
  for (const row of rows) {
    const column = row.relname === 'orgs' ? 'id' : 'org_id'
    const only = `(${column} = ( SELECT current_org() AS current_org))`
    expect(row, row.relname).toMatchObject({
      relrowsecurity: true,
      relforcerowsecurity: true,
      owner: 'delegraph_owner',
      polname: 'own_org',
      polcmd: '*',
      polroles: '{0}',
      using_: only,
      check_: only,
    })
  }
})

test('no other policy opens a tenant table to anyone but the owner role', async () => {
  const { rows } = await catalogue.query(`
    select t.relname, p.polname from (${tenantTables}) t join pg_policy p on p.polrelid = t.oid
     where p.polname <> 'own_org' and p.polroles <> array['delegraph_owner'::regrole::oid]`)
  expect(rows).toEqual([])
})

test('keys and foreign keys of tenant tables begin with the org, so that none can reach another', async () => {
  const { rows } = await catalogue.query(`
    select t.relname, c.conname, c.contype, (
             select string_agg(a.attname, ',' order by k.place)
               from unnest(c.conkey) with ordinality k (num, place)
               join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.num) as columns
      from (${tenantTables}) t join pg_constraint c on c.conrelid = t.oid
     where c.contype in ('p', 'u', 'f') and t.relname <> 'orgs'`)
  const strays = rows.filter((row) => !String(row.columns).split(',').includes('org_id'))
  expect(strays).toEqual([])
  const unique = await catalogue.query(`
    select t.relname, i.indexrelid::regclass::text as index from (${tenantTables}) t
      join pg_index i on i.indrelid = t.oid and i.indisunique
      join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
     where t.relname <> 'orgs' and a.attname <> 'org_id'`)
  expect(unique.rows).toEqual([])
})

test('the app role owns nothing, bypasses nothing and cannot become a role that does', async () => {
  const role = await catalogue.query(`
    select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = 'delegraph_app'`)
  expect(role.rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }])
  const owned = await catalogue.query(`
    select from pg_class where pg_get_userbyid(relowner) in ('delegraph_app', 'delegraph_auth')`)
  expect(owned.rowCount).toBe(0)
  const member = await catalogue.query(`
    select from pg_auth_members where pg_get_userbyid(member) in ('delegraph_app', 'delegraph_auth')`)
  expect(member.rowCount).toBe(0)
  const leaky = await catalogue.query(`
    select c.relname from pg_class c where c.relkind in ('v', 'm') and c.relnamespace = 'public'::regnamespace
       and not coalesce('security_invoker=true' = any (c.reloptions), false)`)
  expect(leaky.rows).toEqual([])
})

test('what crosses orgs runs with a fixed search path and is closed to everyone not named', async () => {
  const { rows } = await catalogue.query(`
    select p.proname, p.proconfig, has_function_privilege('delegraph_auth', p.oid, 'execute') as auth_may
      from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace`)
  expect(rows.length).toBeGreaterThan(2)
  for (const row of rows) {
    expect(row, row.proname).toMatchObject({ proconfig: ['search_path=public, pg_temp'], auth_may: false })
  }
})

test('rows of another org are invisible, unchangeable and cannot be written', async () => {
  const [mine, theirs] = [await makeOrg(testDb.db), await makeOrg(testDb.db)]
  const { Lead: lead } = await makeWorkspaces(theirs, { Lead: {} })
  expect(await readRows(testDb.db, mine.orgId, sql`select from workspaces`)).toEqual([])
  expect(await readRows(testDb.db, mine.orgId, sql`select from orgs`)).toHaveLength(1)
  await inTransaction(mine, async (tx) => {
    expect(await tx.rows(sql`update workspaces set name = 'taken' where id = ${lead} returning id`)).toEqual([])
    expect(await tx.rows(sql`delete from orgs where id = ${theirs.orgId} returning id`)).toEqual([])
  })
  const planting = inTransaction(mine, (tx) =>
    tx.rows(sql`insert into workspaces (org_id, id, name) values (${theirs.orgId}, ${randomUUID()}, 'planted')`),
  )
  await expect(planting).rejects.toMatchObject({ code: '42501' })
})

test('a foreign key cannot reach a row of another org, and answers as for one that does not exist', async () => {
  const [mine, theirs] = [await makeOrg(testDb.db), await makeOrg(testDb.db)]
  const { Lead: lead } = await makeWorkspaces(theirs, { Lead: {} })
  const under = (parent: string | undefined) =>
    inTransaction(mine, (tx) =>
      tx.rows(sql`
        insert into workspaces (org_id, id, parent_id, name) values (${tx.orgId}, ${randomUUID()}, ${parent}, 'x')`),
    )
  await expect(under(lead)).rejects.toMatchObject({ code: '23503' })
  await expect(under(randomUUID())).rejects.toMatchObject({ code: '23503' })
})

test('the log is append-only for the app', async () => {
  const org = await makeOrg(testDb.db)
  for (const change of [sql`update events set seq = 99`, sql`delete from events`, sql`truncate events`]) {
    await expect(inTransaction(org, (tx) => tx.rows(change))).rejects.toMatchObject({ code: '42501' })
  }
})
