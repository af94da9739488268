import type { RecordedRun } from '#shared/delegations/canonical.ts'
import type { Journal } from '#shared/delegations/journal.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import type { Reader } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

type Row = Omit<Journal, 'delegationId' | 'cancel'> & {
  cancelReason: string | null
  answer: string | null
  reason: string | null
}

/** A delegation as it was recorded, of one moment. */
export async function readRun(reader: Reader, delegationId: DelegationId): Promise<RecordedRun | undefined> {
  const row = await reader.row<Row>(sql`
    select d.state, d.task, d.workspace_id as "workspaceId", d.cancel_reason as "cancelReason", d.answer, d.reason,
           coalesce((select jsonb_agg(jsonb_build_object(
               'step', s.step, 'kind', s.kind, 'state', s.state, 'name', s.name, 'askedBy', s.asked_by, 'call', s.call,
               'childId', s.child_id, 'approvalId', s.approval_id, 'input', s.input, 'output', s.output, 'error', s.error)
               order by s.step)
             from steps s where s.org_id = d.org_id and s.delegation_id = d.id), '[]'::jsonb) as steps
      from delegations d where d.org_id = ${reader.orgId} and d.id = ${delegationId}`)
  if (!row) return undefined
  const { cancelReason, answer, reason, ...facts } = row
  const cancel = cancelReason === null ? null : { reason: cancelReason }
  return { journal: { ...facts, delegationId, cancel }, answer, reason }
}

/** Ids hold the time they were made at, so their order is that of the work. */
export async function idsAfter(
  reader: Reader,
  after: DelegationId | undefined,
  limit: number,
): Promise<DelegationId[]> {
  const rows = await reader.rows<{ id: DelegationId }>(sql`
    select id from delegations
     where org_id = ${reader.orgId} and (${after ?? null}::uuid is null or id > ${after ?? null}::uuid)
     order by id limit ${limit}`)
  return rows.map(({ id }) => id)
}
