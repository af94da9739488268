import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readOrCreateSecret, resolveDataDir } from '#api/kernel/data-dir.ts'
import { openDatabase } from '#api/kernel/database.ts'
import { urlOf } from '#api/kernel/database-url.ts'
import { type Db, openDb, openPool } from '#api/kernel/pool.ts'
import { superuserName } from '#api/kernel/postgres/cluster.ts'
import { startEmbeddedPostgres } from '#api/kernel/postgres/embedded-postgres.ts'

export type BenchDatabase = {
  dataDir: string
  /** Everything a bench does through the product goes over this one: the role of the app, under row-level security. */
  db: Db
  appUrl: string
  authUrl: string
  /** The superuser's, for what no product does: seeding, counting across orgs, another queue beside ours. */
  adminUrl: string
  asAdmin<R extends object>(statement: string, values?: readonly unknown[]): Promise<R[]>
  stop(): Promise<void>
}

/** A PostgreSQL of its own with the settings of the product, on loopback, gone afterwards. */
export async function openBenchDatabase(settings: Readonly<Record<string, string>> = {}): Promise<BenchDatabase> {
  const dataDir = resolveDataDir(await mkdtemp(join(tmpdir(), 'delegraph-engine-')))
  const postgres = await startEmbeddedPostgres({ dataDir, settings })
  const database = await openDatabase({ dataDir })
  const { hostname, port, pathname } = new URL(database.appUrl)
  const password = readOrCreateSecret(dataDir, 'postgres-superuser')
  const adminUrl = urlOf({
    user: superuserName,
    password,
    host: hostname,
    port: Number(port),
    database: pathname.slice(1),
  })
  const admin = openPool({ connectionString: adminUrl, max: 2, statement_timeout: 120_000 })
  const db = openDb({ connectionString: database.appUrl })
  return {
    dataDir,
    db,
    appUrl: database.appUrl,
    authUrl: database.authUrl,
    adminUrl,
    asAdmin: async <R extends object>(statement: string, values: readonly unknown[] = []) =>
      (await admin.query<R>(statement, [...values])).rows,
    async stop() {
      await Promise.all([db.pool.end(), admin.end()])
      await database.stop()
      await postgres.stop()
      await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
