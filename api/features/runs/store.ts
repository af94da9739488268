import type { RunId, UserId } from '#shared/kernel/ids.ts'
import type { EventActor } from '#shared/org-event.ts'
import type { ListRuns, Program, RunOrigin, RunRecord } from '#shared/runs/contract.ts'
import { maxOwnRuns, maxSharedRuns } from '#shared/runs/limits.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { json, type Sql, sql } from '../../kernel/sql.ts'

export type NewRun = Program & {
  id: RunId
  origin: RunOrigin | null
  record: RunRecord | null
  by: EventActor
  byName: string
}

export async function insertRun(tx: Tx, run: NewRun): Promise<void> {
  const { id, language, code, path, files, stdin, origin, record, by, byName } = run
  await tx.rows(sql`
    insert into runs (org_id, id, language, code, path, files, stdin, origin, record, run_by, run_by_name)
    values (${tx.orgId}, ${id}, ${language}, ${code}, ${path}, ${json(files)}::jsonb, ${stdin},
            ${origin === null ? null : json(origin)}::jsonb, ${record === null ? null : json(record)}::jsonb,
            ${json(by)}::jsonb, ${byName})`)
}

/** Gives a run to everybody in the org; given again it is the newest again. */
export async function markShared(tx: Tx, id: RunId): Promise<void> {
  await tx.rows(sql`update runs set shared_at = now() where org_id = ${tx.orgId} and id = ${id}`)
}

/** Keeps the newest of what is theirs alone. */
export async function deleteOldOwn(tx: Tx, by: EventActor): Promise<void> {
  await tx.rows(sql`
    delete from runs where org_id = ${tx.orgId} and id in (
      select id from runs where org_id = ${tx.orgId} and run_by ->> 'id' = ${by.id} and shared_at is null
       order by ran_at desc, id desc offset ${maxOwnRuns})`)
}

/** Keeps the newest of what this person shared. */
export async function deleteOldShared(tx: Tx, by: UserId): Promise<void> {
  await tx.rows(sql`
    delete from runs where org_id = ${tx.orgId} and id in (
      select id from runs where org_id = ${tx.orgId} and run_by ->> 'id' = ${by} and shared_at is not null
       order by shared_at desc, id desc offset ${maxSharedRuns})`)
}

export async function deleteRun(tx: Tx, id: RunId): Promise<void> {
  await tx.rows(sql`delete from runs where org_id = ${tx.orgId} and id = ${id}`)
}

export type RunRow = Program & {
  id: RunId
  origin: RunOrigin | null
  record: RunRecord | null
  by: string
  byId: string | null
  at: Date
  isShared: boolean
}

/** One's own, or one that is shared; what others keep for themselves is not there for anybody else. */
export async function selectRun(reader: Reader, id: RunId, reads: UserId | null): Promise<RunRow | undefined> {
  return await reader.row<RunRow>(sql`
    select id, language, code, path, files, stdin, origin, record, run_by_name as by, run_by ->> 'id' as "byId",
           ran_at as at, shared_at is not null as "isShared"
      from runs where org_id = ${reader.orgId} and id = ${id} and ${readable(reads)}`)
}

export type SummaryRow = Pick<RunRow, 'id' | 'language' | 'path' | 'by' | 'byId' | 'at' | 'isShared'> & {
  head: string
  backend: string | null
  outcome: string | null
  durationMs: number | null
}

type Page = Pick<ListRuns, 'of' | 'before' | 'limit'>

/** Newest first. */
export async function selectRuns(reader: Reader, reads: UserId | null, page: Page): Promise<SummaryRow[]> {
  const { of, before, limit } = page
  const which = of === 'own' ? isOf(reads) : of === 'shared' ? sql`shared_at is not null` : readable(reads)
  const older = before === undefined ? sql`` : sql`and ran_at < ${before}`
  return await reader.rows<SummaryRow>(sql`
    select id, language, path, left(code, 400) as head, run_by_name as by, run_by ->> 'id' as "byId", ran_at as at,
           shared_at is not null as "isShared", record ->> 'backend' as backend, record ->> 'outcome' as outcome,
           (record ->> 'durationMs')::float8 as "durationMs"
      from runs where org_id = ${reader.orgId} and ${which} ${older}
     order by ran_at desc, id desc limit ${limit}`)
}

function readable(reads: UserId | null): Sql {
  return sql`(shared_at is not null or ${isOf(reads)})`
}

function isOf(reads: UserId | null): Sql {
  return sql`run_by ->> 'id' = ${reads}`
}
