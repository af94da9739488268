import { AppError } from '#shared/kernel/app-error.ts'
import type { UserId } from '#shared/kernel/ids.ts'
import type { Org } from '#shared/orgs/contract.ts'
import { listOrgsOf } from '../features/orgs/index.ts'
import { maskKnownValues } from '../features/secrets/index.ts'
import type { OrgContext } from '../kernel/actor.ts'
import { resolveDataDir } from '../kernel/data-dir.ts'
import { openDatabase } from '../kernel/database.ts'
import { withSetting } from '../kernel/database-url.ts'
import { startNotifier } from '../kernel/events/notifier.ts'
import { ensureOwner } from '../kernel/identity/owner.ts'
import { type Db, openDb, openPool } from '../kernel/pool.ts'
import { personInOrg } from '../kernel/trpc.ts'
import { setKeyProvider } from '../kernel/vault/of-db.ts'
import { openKeyProvider } from '../kernel/vault/open-key-provider.ts'

export type Person = { id: UserId; name: string }
/** Where the data of this machine lies; by default the embedded database of the user's data folder. */
export type Installation = { dataDir?: string | undefined; databaseUrl?: string | undefined }

/**
 * Works on this machine's database, whether or not a server runs on it: a running one hears of what is written as of any
 * other change.
 */
export async function onThisMachine<T>(
  installation: Installation,
  work: (db: Db, owner: Person) => Promise<T>,
): Promise<T> {
  const { databaseUrl } = installation
  const dataDir = resolveDataDir(installation.dataDir)
  const database = await openDatabase({ dataDir, ...(databaseUrl && { databaseUrl }) })
  const notifier = startNotifier(database.appUrl)
  const db = openDb({ connectionString: database.appUrl, max: 2, onAppended: notifier.mark })
  try {
    setKeyProvider(db, openKeyProvider({ dataDir, env: process.env }))
    maskKnownValues(db)
    return await work(db, await localOwner(database.authUrl))
  } finally {
    await notifier.stop()
    await db.pool.end()
    await database.stop()
  }
}

/** Of the owner's orgs, the one with this id or name. */
export async function findOrg(db: Db, owner: Person, nameOrId: string): Promise<Org | undefined> {
  const orgs = await listOrgsOf(db, owner.id)
  return orgs.find((org) => org.id === nameOrId) ?? orgs.find((org) => org.name === nameOrId.trim())
}

/** The owner's context in that org; without a name in their only one. */
export async function requireOrg(db: Db, owner: Person, nameOrId: string | undefined): Promise<OrgContext> {
  const orgs = await listOrgsOf(db, owner.id)
  const names = orgs.map((org) => org.name).join(', ')
  const found = nameOrId === undefined ? (orgs.length === 1 ? orgs[0] : undefined) : await findOrg(db, owner, nameOrId)
  if (found) return await personInOrg(db, found.id, owner)
  const which = nameOrId === undefined ? 'Say which organisation.' : `There is no organisation named "${nameOrId}".`
  throw new AppError('not-found', which, {
    field: 'org',
    fix: names === '' ? 'There is none yet: start Delegraph, or import a template.' : `Name one with --org: ${names}.`,
  })
}

/** Whoever works on this machine owns what is made here, also before the first start of the server. */
async function localOwner(authUrl: string): Promise<Person> {
  const pool = openPool({ connectionString: withSetting(authUrl, 'search_path', 'auth'), max: 1 })
  try {
    return await ensureOwner(pool)
  } finally {
    await pool.end()
  }
}
