import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { maskKnownValues } from '../features/secrets/index.ts'
import type { Row } from '../kernel/db.ts'
import { type Db, openDb, openPool, type PoolOptions } from '../kernel/pool.ts'
import { type RoleKey, roleKeys, roleNames } from '../kernel/roles.ts'
import { setKeyProvider } from '../kernel/vault/of-db.ts'
import { templateName } from './test-cluster.ts'
import { openTestKeys } from './test-keys.ts'

export type TestDb = {
  db: Db
  /** Connection strings of the three roles and of the superuser, all to this database. */
  ownerUrl: string
  appUrl: string
  authUrl: string
  adminUrl: string
  /** A statement as the superuser, in this database or next to it. */
  asAdmin(statement: string): Promise<Row[]>
  onServer(statement: string): Promise<Row[]>
  close(): Promise<void>
}

/** A migrated database of its own, gone after `close`. Call once a file, in `beforeAll`. */
export async function openTestDb(options: Omit<PoolOptions, 'connectionString'> = {}): Promise<TestDb> {
  const cluster = inject('testCluster')
  const name = `test_${randomUUID().replaceAll('-', '')}`

  await runOn(cluster.adminUrl, `create database ${name} template ${templateName} owner ${roleNames.owner}`)
  // A copy takes over the contents of its template, not the rights to connect.
  const ours = roleKeys.map((key) => roleNames[key]).join(', ')
  await runOn(
    cluster.adminUrl,
    `revoke all on database ${name} from public; grant connect on database ${name} to ${ours}`,
  )
  const urlOf = (key: RoleKey) =>
    `postgres://${roleNames[key]}:${encodeURIComponent(cluster.passwords[key])}@${cluster.at}/${name}`
  const appUrl = urlOf('app')
  const db = openDb({ ...options, connectionString: appUrl })
  setKeyProvider(db, openTestKeys())
  maskKnownValues(db)
  return {
    db,
    ownerUrl: urlOf('owner'),
    appUrl,
    authUrl: urlOf('auth'),
    adminUrl: databaseUrl(cluster.adminUrl, name),
    asAdmin: (statement) => runOn(databaseUrl(cluster.adminUrl, name), statement),
    onServer: (statement) => runOn(cluster.adminUrl, statement),
    async close() {
      await db.pool.end()
      await runOn(cluster.adminUrl, `drop database ${name} with (force)`)
    },
  }
}

/** An empty database, not migrated, for tests of the migrations themselves. Gives the owner's and the superuser's URL. */
export async function openEmptyDb(): Promise<{ ownerUrl: string; adminUrl: string; close(): Promise<void> }> {
  const cluster = inject('testCluster')
  const name = `empty_${randomUUID().replaceAll('-', '')}`
  await runOn(cluster.adminUrl, `create database ${name} owner ${roleNames.owner}`)
  return {
    ownerUrl: `postgres://${roleNames.owner}:${encodeURIComponent(cluster.passwords.owner)}@${cluster.at}/${name}`,
    adminUrl: databaseUrl(cluster.adminUrl, name),
    async close() {
      await runOn(cluster.adminUrl, `drop database ${name} with (force)`)
    },
  }
}

function databaseUrl(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}

async function runOn(url: string, statement: string): Promise<Row[]> {
  const pool = openPool({ connectionString: url, max: 1, allowExitOnIdle: true })
  try {
    return (await pool.query<Row>(statement)).rows
  } finally {
    await pool.end()
  }
}
