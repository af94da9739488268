import type { Reader, Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

/** Whether it was another before. */
export async function saveKeepDays(tx: Tx, keepDays: number | null): Promise<boolean> {
  const rows = await tx.rows(sql`
    insert into audit_logs as l (org_id, keep_days) values (${tx.orgId}, ${keepDays}::int)
    on conflict (org_id) do update set keep_days = excluded.keep_days
     where l.keep_days is distinct from excluded.keep_days returning l.org_id`)
  return rows.length > 0
}

type Dropped = { toSeq: number; sha256: string; events: number }

/** The checkpoint below which the policy keeps nothing. */
export async function findDroppable(reader: Reader): Promise<number | undefined> {
  const row = await reader.row<{ seq: number | null }>(sql`select droppable_to(${reader.orgId})::float8 as seq`)
  return row?.seq ?? undefined
}

export async function dropEvents(tx: Tx, toSeq: number): Promise<Dropped | undefined> {
  return await tx.row<Dropped>(sql`
    select dropped_to::float8 as "toSeq", dropped_sha256 as "sha256", dropped_events::float8 as events
      from drop_old_events(${tx.orgId}, ${toSeq}::bigint)`)
}
