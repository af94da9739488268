import type { DelegationId, OrgId } from '#shared/kernel/ids.ts'
import { callAcrossOrgs, type Db, type Reader, type Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

/** Delegations whose wait may be over if they ask again: longest waiting first. */
export async function selectWaitsOver(reader: Reader): Promise<DelegationId[]> {
  const rows = await reader.rows<{ id: DelegationId }>(sql`
    select delegation_id as id from budget_waits_over(${reader.orgId})`)
  return rows.map((row) => row.id)
}

export async function deleteWaits(tx: Tx, ids: readonly DelegationId[]): Promise<void> {
  await tx.rows(sql`delete from budget_waits where org_id = ${tx.orgId} and delegation_id = any (${ids})`)
}

export async function selectOrgsWaiting(db: Db): Promise<OrgId[]> {
  const rows = await callAcrossOrgs<{ orgId: OrgId }>(db, sql`select org_id as "orgId" from orgs_waiting_for_budget()`)
  return rows.map((row) => row.orgId)
}

/** Forgets the sums of runs, days and months that are over; the charges keep what was spent. */
export async function clearOldCounters(db: Db): Promise<void> {
  await callAcrossOrgs(db, sql`select clear_old_counters()`)
}
