import { AppError } from '#shared/kernel/app-error.ts'
import type { UserId } from '#shared/kernel/ids.ts'
import type { Org } from '#shared/orgs/contract.ts'
import type { ImportPlan, Template } from '#shared/templates/plan.ts'
import { createOrgWith, listOrgsOf } from '../../features/orgs/index.ts'
import { importInto, importTemplate, planTemplate } from '../../features/templates/index.ts'
import { resolveDataDir } from '../../kernel/data-dir.ts'
import { openDatabase } from '../../kernel/database.ts'
import { withSetting } from '../../kernel/database-url.ts'
import { startNotifier } from '../../kernel/events/notifier.ts'
import { ensureOwner } from '../../kernel/identity/owner.ts'
import { type Db, openDb, openPool } from '../../kernel/pool.ts'
import { personInOrg } from '../../kernel/trpc.ts'

type Person = { id: UserId; name: string }
/** Where the data of this machine lies; by default the embedded database of the user's data folder. */
export type Installation = { dataDir?: string | undefined; databaseUrl?: string | undefined }
export type Import = { template: Template; missingKeys: 'warn' | 'refuse' }

/** Imports into the owner's org of that name or id; one that is not there is made, in the same transaction. */
export async function importLocally(installation: Installation, org: string, input: Import): Promise<ImportPlan> {
  return await onThisMachine(installation, async (db, owner) => {
    const found = await findOrg(db, owner, org)
    if (found) return await importTemplate(await personInOrg(db, found.id, owner), input)
    const { filled } = await createOrgWith(db, { name: org, owner }, (tx, context) => importInto(tx, context, input))
    return filled
  })
}

/** Compares with the owner's org of that name or id and changes nothing. */
export async function planLocally(installation: Installation, org: string, input: Import): Promise<ImportPlan> {
  return await onThisMachine(installation, async (db, owner) => {
    const found = await findOrg(db, owner, org)
    if (found) return await planTemplate(await personInOrg(db, found.id, owner), input)
    throw new AppError('not-found', `There is no organisation named ${JSON.stringify(org)}.`, {
      field: 'against',
      fix: 'Leave --against out to plan for a new one.',
    })
  })
}

/**
 * Works on this machine's database, whether or not a server runs on it: a running one hears of what is written as of any
 * other change.
 */
async function onThisMachine<T>(installation: Installation, work: (db: Db, owner: Person) => Promise<T>): Promise<T> {
  const { databaseUrl } = installation
  const dataDir = resolveDataDir(installation.dataDir)
  const database = await openDatabase({ dataDir, ...(databaseUrl && { databaseUrl }) })
  const notifier = startNotifier(database.appUrl)
  const db = openDb({ connectionString: database.appUrl, max: 2, onAppended: notifier.mark })
  try {
    return await work(db, await localOwner(database.authUrl))
  } finally {
    await notifier.stop()
    await db.pool.end()
    await database.stop()
  }
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

async function findOrg(db: Db, owner: Person, nameOrId: string): Promise<Org | undefined> {
  const orgs = await listOrgsOf(db, owner.id)
  return orgs.find((org) => org.id === nameOrId) ?? orgs.find((org) => org.name === nameOrId.trim())
}
