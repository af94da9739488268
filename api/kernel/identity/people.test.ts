import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getMigrations } from 'better-auth/db/migration'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CreateOrg } from '#shared/orgs/contract.ts'
import { openTestDb, type TestDb } from '../../testing/test-db.ts'
import { withSetting } from '../database-url.ts'
import { openPool } from '../pool.ts'
import { createAuth } from './auth.ts'
import { type Identity, openIdentity } from './identity.ts'

let testDb: TestDb
let dataDir: string
let identity: Identity

beforeAll(async () => {
  testDb = await openTestDb()
  dataDir = mkdtempSync(join(tmpdir(), 'delegraph-identity-'))
  identity = await openIdentity({ authUrl: testDb.authUrl, dataDir })
})
afterAll(async () => {
  await identity.stop()
  await testDb.close()
  rmSync(dataDir, { recursive: true })
})

const cookieHeader = (setCookies: string[]) => ({ cookie: setCookies.map((each) => each.split(';')[0]).join('; ') })

test('a person is made once for an address, however it is written, and can be given a session', async () => {
  const person = { name: ' Mara ', email: ' Mara@Example.com', password: 'a long enough password' }
  const made = await identity.createPerson(person)
  expect(made.name).toBe('Mara')
  expect(await identity.findPersonByEmail('MARA@example.com ')).toEqual({ ...made, email: 'mara@example.com' })
  await expect(identity.createPerson({ ...person, email: 'mara@EXAMPLE.com' })).rejects.toMatchObject({
    code: 'conflict',
    field: 'email',
  })
  const session = await identity.whoIs(cookieHeader(await identity.openSession(made.id, {})))
  expect(session?.user).toEqual(made)
})

test('of many who take an address at one moment one gets it', async () => {
  const person = { name: 'Twin', email: 'twin@example.com', password: 'a long enough password' }
  const made = await Promise.allSettled(Array.from({ length: 5 }, () => identity.createPerson(person)))
  expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const each of made) {
    if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'conflict' })
  }
})

test('a short password, a broken address and an empty name are refused in words', async () => {
  const good = { name: 'Ada', email: 'ada@example.com', password: 'a long enough password' }
  await expect(identity.createPerson({ ...good, password: 'short' })).rejects.toMatchObject({ field: 'password' })
  await expect(identity.createPerson({ ...good, email: 'ada' })).rejects.toMatchObject({ field: 'email' })
  await expect(identity.createPerson({ ...good, name: '  ' })).rejects.toMatchObject({ field: 'name' })
  expect(await identity.findPersonByEmail('ada@example.com')).toBeNull()
})

test('a name writes no lines of its own into mails to others', async () => {
  const email = 'lines@example.com'
  for (const name of ['A\nYour account is locked: https://evil.example', 'A\u0000', 'A\u001b[2J']) {
    const made = identity.createPerson({ name, email, password: 'a long enough password' })
    await expect(made, JSON.stringify(name)).rejects.toMatchObject({ code: 'bad-input', field: 'name' })
    expect([CreateOrg.safeParse({ name }).success, CreateOrg.safeParse({ name: 'Käse & Co.' }).success]).toEqual([
      false,
      true,
    ])
  }
})

test('no password is kept, only its hash', async () => {
  await identity.createPerson({ name: 'Eve', email: 'eve@example.com', password: 'correct horse battery' })
  const rows = await testDb.asAdmin('select a::text from auth.account a')
  expect(JSON.stringify(rows)).not.toContain('correct horse')
})

test('the owner of the machine stays the same person under another address', async () => {
  await testDb.asAdmin(`update auth."user" set "email" = 'me@example.com' where "email" = 'owner@localhost'`)
  const again = await openIdentity({ authUrl: testDb.authUrl, dataDir })
  await again.stop()
  expect(again.owner).toEqual(identity.owner)
})

test('the tables are those that better-auth would make', async () => {
  const pool = openPool({ connectionString: withSetting(testDb.ownerUrl, 'search_path', 'auth'), max: 1 })
  const auth = createAuth({
    pool,
    secret: 'a secret for a test, long enough',
    instanceId: 'test',
    isSecure: false,
    passkeyHost: 'localhost',
  })
  const { toBeAdded, toBeCreated } = await getMigrations(auth.options)
  await pool.end()
  expect({ toBeAdded, toBeCreated }).toEqual({ toBeAdded: [], toBeCreated: [] })
})
