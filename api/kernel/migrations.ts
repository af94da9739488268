import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import { AppError } from '#shared/kernel/app-error.ts'

const ourFolder = new URL('../migrations/', import.meta.url)
/** Any number, the same for all: one process migrates, the others wait and find nothing to do. */
const advisoryLock = 7_411_902

type Migration = { name: string; text: string; hash: string }

/**
 * Brings a database to this version: plain SQL files in order, forward only, each in a transaction of its own, as the owner
 * role, under an advisory lock. Gives the names applied. A file that changed after it ran, or a database that is newer than
 * this code, is refused with what to do.
 */
export async function migrate(ownerUrl: string, folder: URL = ourFolder): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'delegraph-migrations' })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [advisoryLock])
    await client.query(`create table if not exists public.migrations
      (name text primary key, hash text not null, applied_at timestamptz not null default now())`)
    const known = await client.query<{ name: string; hash: string }>('select name, hash from public.migrations')
    const pending = toApply(await readMigrations(folder), new Map(known.rows.map((row) => [row.name, row.hash])))
    for (const migration of pending) await applyOne(client, migration)
    return pending.map((migration) => migration.name)
  } finally {
    await client.end()
  }
}

function toApply(all: readonly Migration[], applied: ReadonlyMap<string, string>): Migration[] {
  const names = new Set(all.map((migration) => migration.name))
  const unknown = [...applied.keys()].find((name) => !names.has(name))
  if (unknown) {
    throw new AppError('unavailable', `The database was written by a newer Delegraph (migration ${unknown}).`, {
      fix: 'Start the newer version, or use another data folder with --data-dir.',
    })
  }
  const changed = all.find(({ name, hash }) => applied.has(name) && applied.get(name) !== hash)
  if (changed) {
    throw new AppError('unavailable', `Migration ${changed.name} was changed after it had run.`, {
      fix: 'Restore the file and put the change into a new migration.',
    })
  }
  return all.filter(({ name }) => !applied.has(name))
}

async function applyOne(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.text)
    await client.query('insert into public.migrations (name, hash) values ($1, $2)', [migration.name, migration.hash])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`migration ${migration.name} failed`, { cause: error })
  }
}

async function readMigrations(folder: URL): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort()
  return await Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, folder), 'utf8')
      return { name, text, hash: createHash('sha256').update(text).digest('hex') }
    }),
  )
}
