import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { type Db, openDb, type PoolOptions } from '../kernel/db.ts'
import { type RoleKey, roleKeys, roleNames } from '../kernel/roles.ts'
import { templateName } from './test-cluster.ts'

export type TestDb = {
  db: Db
  /** Connection strings of the three roles and of the superuser, all to this database. */
  ownerUrl: string
  appUrl: string
  authUrl: string
  adminUrl: string
  close(): Promise<void>
}

/** A migrated database of its own, gone after `close`. Call once a file, in `beforeAll`. */
export async function openTestDb(options: Omit<PoolOptions, 'connectionString'> = {}): Promise<TestDb> {
  const cluster = inject('testCluster')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await onServer(cluster.adminUrl, async (admin) => {
    await admin.query(`create database ${name} template ${templateName} owner ${roleNames.owner}`)
    // A copy takes over the contents of its template, not the rights to connect.
    const ours = roleKeys.map((key) => roleNames[key]).join(', ')
    await admin.query(`revoke all on database ${name} from public; grant connect on database ${name} to ${ours}`)
  })
  const urlOf = (key: RoleKey) =>
    `postgres://${roleNames[key]}:${encodeURIComponent(cluster.passwords[key])}@${cluster.at}/${name}`
  const appUrl = urlOf('app')
  const db = openDb({ ...options, connectionString: appUrl })
  return {
    db,
    ownerUrl: urlOf('owner'),
    appUrl,
    authUrl: urlOf('auth'),
    adminUrl: databaseUrl(cluster.adminUrl, name),
    async close() {
      await db.pool.end()
      await onServer(cluster.adminUrl, (admin) => admin.query(`drop database ${name} with (force)`))
    },
  }
}

/** An empty database, not migrated, for tests of the migrations themselves. Gives the owner's and the superuser's URL. */
export async function openEmptyDb(): Promise<{ ownerUrl: string; adminUrl: string; close(): Promise<void> }> {
  const cluster = inject('testCluster')
  const name = `empty_${randomUUID().replaceAll('-', '')}`
  await onServer(cluster.adminUrl, (admin) => admin.query(`create database ${name} owner ${roleNames.owner}`))
  return {
    ownerUrl: `postgres://${roleNames.owner}:${encodeURIComponent(cluster.passwords.owner)}@${cluster.at}/${name}`,
    adminUrl: databaseUrl(cluster.adminUrl, name),
    close: () => onServer(cluster.adminUrl, (admin) => admin.query(`drop database ${name} with (force)`)),
  }
}

function databaseUrl(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}

async function onServer(adminUrl: string, work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}
