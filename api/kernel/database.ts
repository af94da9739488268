import { readOrCreateSecret } from './data-dir.ts'
import { urlOf } from './database-url.ts'
import { prepareGivenDatabase } from './given-database.ts'
import { migrate } from './migrations.ts'
import { startEmbeddedPostgres } from './postgres/embedded-postgres.ts'
import { ensureDatabase, ensureLoginRoles, roleNames } from './roles.ts'

export type Database = {
  /** Connection strings of the roles that work with it: `app` under row-level security, `auth` for sign-in. */
  appUrl: string
  authUrl: string
  /** Ends this process's use of it: the embedded server ends with its last user, a given one is left alone. */
  stop(): Promise<void>
}

const databaseName = 'delegraph'

/** The migrated database of this installation: the given one, or the embedded one of the data folder. */
export async function openDatabase(input: { dataDir: string; databaseUrl?: string }): Promise<Database> {
  if (input.databaseUrl) return await openGiven(input.databaseUrl)
  return await openEmbedded(input.dataDir)
}

async function openEmbedded(dataDir: string): Promise<Database> {
  const postgres = await startEmbeddedPostgres({ dataDir })
  try {
    const { host, port, superuser } = postgres
    const adminUrl = urlOf({ ...superuser, host, port, database: 'postgres' })
    const passwords = {
      owner: readOrCreateSecret(dataDir, 'postgres-owner'),
      app: readOrCreateSecret(dataDir, 'postgres-app'),
      auth: readOrCreateSecret(dataDir, 'postgres-auth'),
    }
    await ensureLoginRoles(adminUrl, passwords)
    await ensureDatabase(adminUrl, databaseName)
    const as = (key: keyof typeof passwords) =>
      urlOf({ user: roleNames[key], password: passwords[key], host, port, database: databaseName })
    await migrate(as('owner'))
    return { appUrl: as('app'), authUrl: as('auth'), stop: postgres.stop }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}

async function openGiven(databaseUrl: string): Promise<Database> {
  const { ownerUrl, appUrl, authUrl } = await prepareGivenDatabase(databaseUrl)
  await migrate(ownerUrl)
  return { appUrl, authUrl, stop: async () => {} }
}
