import type { Reader } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

export type LogRow = {
  sealedSeq: number
  sealedHash: Buffer
  droppedSeq: number
  droppedHash: Buffer
  droppedAt: Date | null
  keepDays: number | null
  lastSeq: number
}

/** What is known of the log as a whole; a log of which nothing is yet known begins with zeros. */
export async function readLogRow(reader: Reader): Promise<LogRow> {
  const row = await reader.row<LogRow>(sql`
    select coalesce(l.sealed_seq, 0)::float8 as "sealedSeq", coalesce(l.sealed_hash, z.zeros) as "sealedHash",
           coalesce(l.dropped_seq, 0)::float8 as "droppedSeq", coalesce(l.dropped_hash, z.zeros) as "droppedHash",
           l.dropped_at as "droppedAt", l.keep_days as "keepDays", s.seq::float8 as "lastSeq"
      from org_sequences s left join audit_logs l on l.org_id = s.org_id
     cross join (select decode(repeat('00', 32), 'hex') as zeros) z
     where s.org_id = ${reader.orgId}`)
  if (!row) throw new Error('the org has no log')
  return row
}

export type SealRow = { firstSeq: number; lastSeq: number; before: Buffer; hashes: Buffer }

/** The next checkpoints after a number, in order. */
export async function readSeals(reader: Reader, after: number, limit: number): Promise<SealRow[]> {
  return await reader.rows<SealRow>(sql`
    select first_seq::float8 as "firstSeq", last_seq::float8 as "lastSeq", before, hashes from audit_seals
     where org_id = ${reader.orgId} and last_seq > ${after}::bigint order by last_seq limit ${limit}`)
}

/** The last number of the checkpoint before the newest so many events. */
export async function readBorder(reader: Reader, newest: number): Promise<number> {
  const row = await reader.row<{ seq: number | null }>(sql`
    select max(a.last_seq)::float8 as seq from audit_seals a
     where a.org_id = ${reader.orgId}
       and a.last_seq <= (select l.sealed_seq from audit_logs l where l.org_id = ${reader.orgId}) - ${newest}::bigint`)
  return row?.seq ?? 0
}

export type TextRow = { seq: number; text: string }

/** What of each event is hashed. */
export async function readTexts(reader: Reader, first: number, last: number): Promise<TextRow[]> {
  return await reader.rows<TextRow>(sql`
    select e.seq::float8 as seq, audit_text(e, c) as text
      from events e left join audit_calls c on c.org_id = e.org_id and c.seq = e.seq
     where e.org_id = ${reader.orgId} and e.seq between ${first}::bigint and ${last}::bigint order by e.seq`)
}

/** How many events there are from a number on, and the last number. */
export async function readRest(reader: Reader, after: number): Promise<{ count: number; last: number | null }> {
  const row = await reader.row<{ count: number; last: number | null }>(sql`
    select count(*)::int as count, max(seq)::float8 as last from events
     where org_id = ${reader.orgId} and seq > ${after}::bigint`)
  return row ?? { count: 0, last: null }
}

/** Whether the log itself tells that it was cut there by policy. */
export async function isCutTold(reader: Reader, toSeq: number, sha256: string): Promise<boolean> {
  const row = await reader.row(sql`
    select from events where org_id = ${reader.orgId} and type = 'audit.dropped' and seq > ${toSeq}::bigint
       and (payload ->> 'toSeq')::bigint = ${toSeq}::bigint and payload ->> 'sha256' = ${sha256}`)
  return row !== undefined
}
