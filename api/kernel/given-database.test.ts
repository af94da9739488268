import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeOrg } from '../testing/factories.ts'
import { openEmptyDb } from '../testing/test-db.ts'
import { openDatabase } from './database.ts'
import { callAcrossOrgs } from './db.ts'
import { openDb } from './pool.ts'
import { sql } from './sql.ts'

const login = `team_${randomUUID().slice(0, 8)}`
let empty: Awaited<ReturnType<typeof openEmptyDb>>
let admin: pg.Client
let databaseUrl: string
beforeAll(async () => {
  empty = await openEmptyDb()
  admin = new pg.Client(empty.adminUrl)
  await admin.connect()
  await admin.query(`create role ${login} login password 'team'`)
  await admin.query('revoke create on schema public from pg_database_owner')
  const url = new URL(empty.adminUrl)
  Object.assign(url, { username: login, password: 'team' })
  databaseUrl = url.href
})
afterAll(async () => {
  await admin.end()
  await empty.close()
})

const open = () => openDatabase({ dataDir: '/nowhere', databaseUrl })

test('a user who may not make roles is told the exact SQL; after it was run everything works', async () => {
  const refusal = await open().then(
    () => undefined,
    (error) => error,
  )
  expect(refusal).toMatchObject({ code: 'unavailable', field: 'DATABASE_URL' })
  expect(refusal.data.sql).toContain(`grant delegraph_owner, delegraph_app, delegraph_auth to ${login};`)
  expect(refusal.fix).toContain(refusal.data.sql)
  const before = await admin.query(`select from pg_tables where schemaname = 'public'`)
  expect(before.rowCount).toBe(0)

  await admin.query(refusal.data.sql)
  const database = await open()
  const db = openDb({ connectionString: database.appUrl })
  const org = await makeOrg(db)
  expect(await callAcrossOrgs(db, sql`select current_user::text as role, session_user::text as login`)).toEqual([
    { role: 'delegraph_app', login },
  ])
  expect(await callAcrossOrgs(db, sql`select id from orgs where id = ${org.orgId}`)).toEqual([])
  await db.pool.end()
  await (await open()).stop()
})

test('a database that cannot be reached, and an address that is none, are named', async () => {
  const at = (url: string) => openDatabase({ dataDir: '/nowhere', databaseUrl: url })
  await expect(at('postgres://a:b@127.0.0.1:9/x')).rejects.toMatchObject({ code: 'unavailable', field: 'DATABASE_URL' })
  await expect(at('mysql://a:b@127.0.0.1/x')).rejects.toMatchObject({ code: 'bad-input', field: 'DATABASE_URL' })
})
