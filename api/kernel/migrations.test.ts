import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openEmptyDb } from '../testing/test-db.ts'
import { migrate } from './migrations.ts'

let database: Awaited<ReturnType<typeof openEmptyDb>>
let dir: string
let client: pg.Client
beforeEach(async () => {
  database = await openEmptyDb()
  dir = mkdtempSync(join(tmpdir(), 'delegraph-migrations-'))
  client = new pg.Client(database.ownerUrl)
  await client.connect()
})
afterEach(async () => {
  await client.end()
  await database.close()
  rmSync(dir, { recursive: true })
})

const write = (name: string, text: string) => writeFileSync(join(dir, name), text)
const run = () => migrate(database.ownerUrl, pathToFileURL(`${dir}/`))
const tables = async () =>
  (await client.query(`select tablename from pg_tables where schemaname = 'public' order by 1`)).rows.map(
    (row) => row.tablename,
  )

test('files run once, in order; later ones are added', async () => {
  write('0002-b.sql', 'alter table a add b int')
  write('0001-a.sql', 'create table a (a int)')
  write('notes.txt', 'not a migration')
  expect(await run()).toEqual(['0001-a.sql', '0002-b.sql'])
  expect(await run()).toEqual([])
  write('0003-c.sql', 'create table c ()')
  expect(await run()).toEqual(['0003-c.sql'])
})

test('one that fails midway leaves nothing of itself, keeps those before, and runs when it is put right', async () => {
  write('0001-a.sql', 'create table a ()')
  write('0002-b.sql', 'create table b (); create table half (); select 1 / 0')
  await expect(run()).rejects.toThrow('migration 0002-b.sql failed')
  expect(await tables()).toEqual(['a', 'migrations'])
  write('0002-b.sql', 'create table b ()')
  expect(await run()).toEqual(['0002-b.sql'])
})

test('two processes at once apply each file once', async () => {
  write('0001-a.sql', 'create table a ()')
  write('0002-b.sql', 'create table b ()')
  const applied = await Promise.all([run(), run(), run()])
  expect(applied.flat().sort()).toEqual(['0001-a.sql', '0002-b.sql'])
})

test('a file that was changed after it ran is refused by name', async () => {
  write('0001-a.sql', 'create table a ()')
  await run()
  write('0001-a.sql', 'create table a (more int)')
  write('0002-b.sql', 'create table b ()')
  await expect(run()).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('0001-a.sql') })
  expect(await tables()).toEqual(['a', 'migrations'])
})

test('a database of a newer version is left alone, with what to do', async () => {
  write('0001-a.sql', 'create table a ()')
  write('0002-later.sql', 'create table later ()')
  await run()
  rmSync(join(dir, '0002-later.sql'))
  await expect(run()).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('newer'),
    fix: expect.stringContaining('--data-dir'),
  })
})

test('ours make a database from nothing', async () => {
  expect((await migrate(database.ownerUrl))[0]).toBe('0001-orgs-and-events.sql')
  expect(await migrate(database.ownerUrl)).toEqual([])
})
