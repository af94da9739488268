import type { OrgId } from '#shared/kernel/ids.ts'
import { callAcrossOrgs, type Db } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

export async function selectLogsToSeal(db: Db, wanted: number): Promise<OrgId[]> {
  const rows = await callAcrossOrgs<{ org_id: OrgId }>(db, sql`select org_id from logs_to_seal(${wanted})`)
  return rows.map((row) => row.org_id)
}

/** How many events were sealed. */
export async function sealOnce(db: Db, orgId: OrgId, atMost: number): Promise<number> {
  const [row] = await callAcrossOrgs<{ sealed: number }>(db, sql`select seal_log(${orgId}, ${atMost}) as sealed`)
  return row?.sealed ?? 0
}

export async function selectLogsToShorten(db: Db): Promise<OrgId[]> {
  const rows = await callAcrossOrgs<{ org_id: OrgId }>(db, sql`select org_id from logs_to_shorten()`)
  return rows.map((row) => row.org_id)
}
