import type { OrgId } from '#shared/kernel/ids.ts'
import { OrgEvent } from '#shared/org-event.ts'
import { emptyPast, type PastState } from '#shared/past/state.ts'
import { callAcrossOrgs, type Db, type Reader, type Tx } from '../../kernel/db.ts'
import { json, sql } from '../../kernel/sql.ts'

type EventRow = {
  id: string
  seq: number
  type: string
  version: number
  at: Date
  actor: unknown
  chain: unknown
  payload: unknown
}

/** The next events in order, up to and including `upTo`. */
export async function selectEvents(reader: Reader, after: number, upTo: number, limit: number): Promise<OrgEvent[]> {
  const rows = await reader.rows<EventRow>(sql`
    select id, seq::float8 as seq, type, version, at, actor,
           jsonb_build_object('id', chain_id, 'depth', chain_depth) as chain, payload
      from events
     where org_id = ${reader.orgId} and seq > ${after}::bigint and seq <= ${upTo}::bigint order by seq limit ${limit}`)
  return rows.map(({ at, ...row }) => OrgEvent.parse({ ...row, orgId: reader.orgId, at: at.toISOString() }))
}

/** The last event that had happened at that time; 0 before the first. Times may stand a little out of the order of numbers. */
export async function selectSeqAt(reader: Reader, at: string): Promise<number> {
  const found = await reader.row<{ seq: number | null }>(sql`
    select max(seq)::float8 as seq from (
      select seq from events where org_id = ${reader.orgId} and at <= ${at}::timestamptz order by at desc limit 50) late`)
  return found?.seq ?? 0
}

/** The nearest projection at or before this number. */
export async function selectProjection(reader: Reader, upTo: number): Promise<PastState> {
  const found = await reader.row<{ state: PastState }>(sql`
    select state from projections where org_id = ${reader.orgId} and seq <= ${upTo}::bigint order by seq desc limit 1`)
  // What a projection of an older release does not count is counted from there on.
  return { ...emptyPast, ...found?.state }
}

export async function insertProjection(tx: Tx, state: PastState): Promise<void> {
  await tx.rows(sql`
    insert into projections (org_id, seq, state) values (${tx.orgId}, ${state.seq}::bigint, ${json(state)}::jsonb)
    on conflict do nothing`)
}

export async function selectHead(reader: Reader): Promise<number> {
  const found = await reader.row<{ seq: number }>(sql`
    select seq::float8 as seq from org_sequences where org_id = ${reader.orgId}`)
  return found?.seq ?? 0
}

export async function selectOrgsToProject(db: Db, every: number, wanted: number): Promise<OrgId[]> {
  const rows = await callAcrossOrgs<{ orgId: OrgId }>(
    db,
    sql`select org_id as "orgId" from orgs_to_project(${every}::bigint, ${wanted})`,
  )
  return rows.map((row) => row.orgId)
}

export type Ends = { firstAt: Date | null; lastAt: Date | null }

export async function selectEnds(reader: Reader): Promise<Ends> {
  const found = await reader.row<Ends>(sql`
    select min(at) as "firstAt", max(at) as "lastAt" from events where org_id = ${reader.orgId}`)
  return found ?? { firstAt: null, lastAt: null }
}

/** How many events fall into each of `parts` equal parts of the time between the ends. */
export async function countInParts(reader: Reader, { firstAt, lastAt }: Ends, parts: number): Promise<number[]> {
  const counts = Array.from({ length: parts }, () => 0)
  if (!firstAt || !lastAt) return counts
  const rows = await reader.rows<{ part: number; count: number }>(sql`
    select least(width_bucket(extract(epoch from at), extract(epoch from ${firstAt}::timestamptz),
                              extract(epoch from ${lastAt}::timestamptz) + 0.001, ${parts}), ${parts})::int - 1 as part,
           count(*)::int as count
      from events where org_id = ${reader.orgId} group by 1`)
  for (const { part, count } of rows) if (part >= 0) counts[part] = count
  return counts
}
