import { AppError } from '#shared/kernel/app-error.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { defaultLimits, type LimitName } from '#shared/limits/contract.ts'
import { callAcrossOrgs, type Db, type Reader } from '../db.ts'
import { sql } from '../sql.ts'

const columns: Readonly<Record<LimitName, string>> = {
  workspaces: 'workspaces',
  running: 'running',
  storageBytes: 'storage_bytes',
  eventsPerSecond: 'events_per_second',
  readsPerSecond: 'reads_per_second',
  writesPerSecond: 'writes_per_second',
}

type Row = Record<LimitName, number | null> & { storageUsed: number | null; eventsUsed: number | null }

/** What was agreed upon with the org, null where nothing was, and what the clock measured last. */
export async function readAgreed(reader: Reader): Promise<Row> {
  const found = await reader.row<Row>(sql`
    select l.workspaces, l.running, l.storage_bytes::float8 as "storageBytes", l.events_per_second as "eventsPerSecond",
           l.reads_per_second as "readsPerSecond", l.writes_per_second as "writesPerSecond",
           u.storage_bytes::float8 as "storageUsed", u.events_per_second::float8 as "eventsUsed"
      from (select ${reader.orgId}::uuid as org_id) asked
      left join org_limits l on l.org_id = asked.org_id left join org_usage u on u.org_id = asked.org_id`)
  if (!found) throw new Error('the limits of an org were not found')
  return found
}

export async function countUsed(reader: Reader): Promise<{ workspaces: number; running: number }> {
  const found = await reader.row<{ workspaces: number; running: number }>(sql`
    select (select count(*) from workspaces where org_id = ${reader.orgId} and deleted_at is null)::int as workspaces,
           (select count(*) from delegations
             where org_id = ${reader.orgId} and state in ('running', 'lost'))::int as running`)
  return found ?? { workspaces: 0, running: 0 }
}

export async function workspacesAllowed(reader: Reader): Promise<number> {
  return (await readAgreed(reader)).workspaces ?? defaultLimits.workspaces
}

/** Refuses what would store more where the org stores more than it may, by what the clock measured last. */
export async function requireStorage(reader: Reader): Promise<void> {
  requireLess(await readAgreed(reader))
}

function requireLess({ storageBytes, storageUsed }: Row): void {
  const allowed = storageBytes ?? defaultLimits.storageBytes
  if ((storageUsed ?? 0) < allowed) return
  throw new AppError(
    'too-large',
    `The organisation stores ${gigabytes(storageUsed ?? 0)} and may store ${gigabytes(allowed)}.`,
    {
      fix: 'Delete what is not needed any more, or ask whoever runs this server for more.',
    },
  )
}

/** Refuses new work where the org stores more than it may, or its log grows faster than it may for over a minute. */
export async function requireRoomForWork(reader: Reader): Promise<void> {
  const row = await readAgreed(reader)
  requireLess(row)
  const { eventsPerSecond, eventsUsed } = row
  const allowed = eventsPerSecond ?? defaultLimits.eventsPerSecond
  if ((eventsUsed ?? 0) <= allowed) return
  const words = `The organisation makes ${Math.round(eventsUsed ?? 0)} events a second and may make ${allowed}.`
  throw new AppError('rate-limited', words, {
    fix: 'Let the work that runs come to its end, and try again in a minute.',
    data: { retryAfterSeconds: 60 },
  })
}

/** Only for the command line of the machine. False for an org that is not there. */
export async function agreeUpon(db: Db, orgId: OrgId, name: LimitName, value: number | null): Promise<boolean> {
  const [found] = await callAcrossOrgs<{ isSet: boolean }>(
    db,
    sql`select set_org_limit(${orgId}, ${columns[name]}, ${value}::bigint) as "isSet"`,
  )
  return found?.isSet ?? false
}

/** By the clock: a few orgs at a time, each a minute or more after the last time. */
export async function measureUsage(db: Db): Promise<void> {
  const atOnce = 20
  for (;;) {
    const [found] = await callAcrossOrgs<{ measured: number }>(db, sql`select measure_usage(${atOnce}) as measured`)
    if ((found?.measured ?? 0) < atOnce) return
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toLocaleString('en', { maximumFractionDigits: 1 })} GB`
}
