import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import { callAcrossOrgs, type Db, type Reader, type Tx } from '../../kernel/db.ts'
import { json, sql } from '../../kernel/sql.ts'

export type Wait = { delegationId: DelegationId; step: number }

/** Waits that asking again may end: oldest first. */
export async function selectWaitsOver(reader: Reader): Promise<Wait[]> {
  return await reader.rows<Wait>(sql`
    select delegation_id as "delegationId", step from budget_waits_over(${reader.orgId})`)
}

export async function deleteWaits(tx: Tx, waits: readonly Wait[]): Promise<void> {
  await tx.rows(sql`
    delete from budget_waits w using jsonb_to_recordset(${json(waits)}::jsonb) as over ("delegationId" uuid, step int)
     where w.org_id = ${tx.orgId} and w.delegation_id = over."delegationId" and w.step = over.step`)
}

export async function selectOrgsWaiting(db: Db): Promise<OrgId[]> {
  const rows = await callAcrossOrgs<{ orgId: OrgId }>(db, sql`select org_id as "orgId" from orgs_waiting_for_budget()`)
  return rows.map((row) => row.orgId)
}
