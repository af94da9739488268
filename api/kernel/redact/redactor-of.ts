import type { OrgId } from '#shared/kernel/ids.ts'
import type { Db } from '../pool.ts'
import { readRow } from '../read-rows.ts'
import { sql } from '../sql.ts'
import { createRedactor, nothingToRedact, type Redactor, type SecretValue } from './create-redactor.ts'

/** Every value that is kept of an org, old versions too. It reads without a transaction: those ask for the redactor. */
export type SecretSource = (orgId: OrgId) => Promise<readonly SecretValue[]>

/** What a node masks with, and which count of the org's secrets it knows; null where the process knows of no secrets at all. */
export type Known = { readonly redactor: Redactor; readonly version: string | null }

type Cache = { source: SecretSource | undefined; known: Map<OrgId, Known>; loading: Map<OrgId, Promise<Known>> }

const caches = new WeakMap<Db, Cache>()
/** All that this process masks with, whatever the org: what it logs may be of any. */
const everywhere = new Map<OrgId, Redactor>()
const maxOrgs = 5_000
const knowsNothing: Known = { redactor: nothingToRedact, version: null }

/** Said once where a process opens its database: from where its values come. */
export function setSecretSource(db: Db, source: SecretSource): void {
  caches.set(db, { source, known: new Map(), loading: new Map() })
}

/**
 * The org's redactor, remembered in this process. It is never older than a transaction that writes: its last statement
 * compares the version, under the lock that orders commits where it tells something, and it is run again with what is new.
 */
export async function redactorOf(db: Db, orgId: OrgId): Promise<Redactor> {
  return (await knownOf(db, orgId)).redactor
}

export function knownOf(db: Db, orgId: OrgId): Known | Promise<Known> {
  const cache = caches.get(db)
  if (!cache?.source) return knowsNothing
  return cache.known.get(orgId) ?? load(db, orgId, cache, cache.source)
}

/** Secrets were set since: the next who asks reads them anew. Until then the log is masked with what was known. */
export function forgetRedactor(db: Db, orgId: OrgId): void {
  const cache = caches.get(db)
  cache?.known.delete(orgId)
  cache?.loading.delete(orgId)
}

/** Before a value is given to anybody it is one that this node masks. */
export async function requireMasked(db: Db, orgId: OrgId, values: readonly SecretValue[]): Promise<void> {
  const redactor = await redactorOf(db, orgId)
  if (values.every(({ value }) => redactor.knows(value))) return
  forgetRedactor(db, orgId)
  await redactorOf(db, orgId)
}

/** Masks the values of every org this process has worked for: for logs, and for what is printed. */
export function redactAll(text: string): string {
  let masked = text
  for (const redactor of everywhere.values()) masked = redactor.written(masked)
  return masked
}

async function load(db: Db, orgId: OrgId, cache: Cache, source: SecretSource): Promise<Known> {
  const loading = cache.loading.get(orgId) ?? read(db, orgId, source)
  cache.loading.set(orgId, loading)
  try {
    const known = await loading
    if (known !== knowsNothing && cache.loading.get(orgId) === loading) remember(cache, orgId, known)
    return known
  } finally {
    if (cache.loading.get(orgId) === loading) cache.loading.delete(orgId)
  }
}

function remember({ known }: Cache, orgId: OrgId, now: Known): void {
  const [oldest] = known.keys()
  if (known.size >= maxOrgs && oldest !== undefined) {
    everywhere.delete(oldest)
    known.delete(oldest)
  }
  known.set(orgId, now)
  if (!now.redactor.isEmpty) everywhere.set(orgId, now.redactor)
}

/** The version first: values that were set between the two reads are known, and their version makes it read once more. */
async function read(db: Db, orgId: OrgId, source: SecretSource): Promise<Known> {
  const version = await readVersion(db, orgId)
  if (version === undefined) return knowsNothing
  return { version, redactor: createRedactor(version === '0' ? [] : await source(orgId)) }
}

async function readVersion(db: Db, orgId: OrgId): Promise<string | undefined> {
  const row = await readRow<{ version: string }>(
    db,
    orgId,
    sql`select secrets_version::text as version from org_sequences where org_id = ${orgId}`,
  )
  return row?.version
}
