import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readOrCreateSecret, resolveDataDir } from '#api/kernel/data-dir.ts'
import { openDatabase } from '#api/kernel/database.ts'
import { urlOf } from '#api/kernel/database-url.ts'
import { type Db, openDb, openPool } from '#api/kernel/pool.ts'
import { superuserName } from '#api/kernel/postgres/cluster.ts'
import { clusterPaths } from '#api/kernel/postgres/cluster-paths.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#api/kernel/postgres/embedded-postgres.ts'

/** What is committed outlives the server process, which is all that is killed here; the machine's own death is not tried. */
const settings = { fsync: 'off', full_page_writes: 'off', max_connections: '200' }

/** The database under test, which may die and come back at the same address. */
export type Ground = {
  dataDir: string
  appUrl: string
  /** As a person's actions use it. */
  db: Db
  /** The superuser's look at the tables, and what time would do to them. */
  ask<R extends object>(statement: string, values?: readonly unknown[]): Promise<R[]>
  killPostgres(): void
  revivePostgres(): Promise<void>
  close(): Promise<void>
}

export async function openGround(): Promise<Ground> {
  const dataDir = resolveDataDir(await mkdtemp(join(tmpdir(), 'delegraph-chaos-')))
  const uses: EmbeddedPostgres[] = [await startEmbeddedPostgres({ dataDir, settings })]
  const database = await openDatabase({ dataDir })
  const { hostname: host, port, pathname } = new URL(database.appUrl)
  const password = readOrCreateSecret(dataDir, 'postgres-superuser')
  const as = { user: superuserName, password, host, port: Number(port), database: pathname.slice(1) }
  const admin = openPool({ connectionString: urlOf(as), max: 2 })
  const db = openDb({ connectionString: database.appUrl, patienceMs: 2_000 })
  return {
    dataDir,
    appUrl: database.appUrl,
    db,
    ask: async <R extends object>(statement: string, values: readonly unknown[] = []) =>
      (await admin.query<R>(statement, [...values])).rows,
    killPostgres() {
      process.kill(postmasterOf(dataDir), 'SIGKILL')
    },
    async revivePostgres() {
      const revived = await startEmbeddedPostgres({ dataDir, settings })
      uses.push(revived)
      if (revived.port !== Number(port)) throw new Error(`PostgreSQL came back at ${revived.port} instead of ${port}.`)
    },
    async close() {
      await Promise.all([db.pool.end(), admin.end()])
      await database.stop()
      for (const use of uses) await use.stop()
      await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

function postmasterOf(dataDir: string): number {
  const [first] = readFileSync(join(clusterPaths(dataDir).cluster, 'postmaster.pid'), 'utf8').split('\n')
  const pid = Number(first)
  if (!Number.isInteger(pid) || pid <= 1) throw new Error('There is no postmaster to kill.')
  return pid
}
