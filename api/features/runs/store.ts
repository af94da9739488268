import type { RunId } from '#shared/kernel/ids.ts'
import type { EventActor } from '#shared/org-event.ts'
import type { Program, RunRecord, RunSummary, SharedRun } from '#shared/runs/contract.ts'
import { maxRuns } from '#shared/runs/limits.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

export type NewRun = Program & { id: RunId; record: RunRecord | null; by: EventActor; byName: string }

export async function insertRun(tx: Tx, run: NewRun): Promise<void> {
  const { id, language, code, files, stdin, record, by, byName } = run
  await tx.rows(sql`
    insert into shared_runs (org_id, id, language, code, files, stdin, record, shared_by, shared_by_name)
    values (${tx.orgId}, ${id}, ${language}, ${code}, ${JSON.stringify(files)}::jsonb, ${stdin},
            ${record === null ? null : JSON.stringify(record)}::jsonb, ${JSON.stringify(by)}::jsonb, ${byName})`)
}

/** Keeps the newest. */
export async function deleteOldRuns(tx: Tx): Promise<void> {
  await tx.rows(sql`
    delete from shared_runs where org_id = ${tx.orgId} and id in (
      select id from shared_runs where org_id = ${tx.orgId} order by shared_at desc, id desc offset ${maxRuns})`)
}

type Row = Omit<SharedRun, 'sharedAt'> & { sharedAt: Date; userId: string | null }

export async function selectRun(reader: Reader, id: RunId): Promise<Row | undefined> {
  return await reader.row<Row>(sql`
    select id, language, code, files, stdin, record, shared_by_name as "sharedBy", shared_at as "sharedAt",
           shared_by ->> 'id' as "userId"
      from shared_runs where org_id = ${reader.orgId} and id = ${id}`)
}

type SummaryRow = Pick<Row, 'id' | 'language' | 'sharedBy' | 'sharedAt'> & { head: string; outcome: string | null }

export async function selectRuns(reader: Reader, limit: number): Promise<RunSummary[]> {
  const rows = await reader.rows<SummaryRow>(sql`
    select id, language, left(code, 400) as head, record ->> 'outcome' as outcome, shared_by_name as "sharedBy",
           shared_at as "sharedAt"
      from shared_runs where org_id = ${reader.orgId} order by shared_at desc, id desc limit ${limit}`)
  return rows.map(({ head, sharedAt, ...row }) => ({ ...row, title: titleOf(head), sharedAt: sharedAt.toISOString() }))
}

export async function deleteRun(tx: Tx, id: RunId): Promise<void> {
  await tx.rows(sql`delete from shared_runs where org_id = ${tx.orgId} and id = ${id}`)
}

function titleOf(code: string): string {
  const line = code.split('\n').find((each) => each.trim() !== '') ?? 'An empty snippet'
  return line
    .replace(/^\s*(\/\/|#)\s*/, '')
    .trim()
    .slice(0, 120)
}
