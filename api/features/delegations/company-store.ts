import type { DelegationId } from '#shared/kernel/ids.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

/** Held to the end of the transaction, before every row lock: new work comes before a stop or after it. */
export async function lockBeginning(tx: Tx): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock_shared(hashtextextended(${tx.orgId}, 20262))`)
}

/** Waits for work that is just being given. */
export async function lockStop(tx: Tx): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended(${tx.orgId}, 20262))`)
}

/** True where that changed anything. */
export async function setStopped(tx: Tx, isStopped: boolean): Promise<boolean> {
  const changed = await tx.rows(sql`
    update orgs set stopped_at = case when ${isStopped} then now() end
     where id = ${tx.orgId} and (stopped_at is not null) <> ${isStopped} returning id`)
  return changed.length > 0
}

export async function setOrgFrozen(tx: Tx, isFrozen: boolean): Promise<boolean> {
  const changed = await tx.rows(sql`
    update orgs set frozen_at = case when ${isFrozen} then now() end
     where id = ${tx.orgId} and (frozen_at is not null) <> ${isFrozen} returning id`)
  return changed.length > 0
}

/** Every delegation of the org that has not ended. */
export async function allAlive(reader: Reader): Promise<DelegationId[]> {
  const rows = await reader.rows<{ id: DelegationId }>(sql`
    select id from delegations
     where org_id = ${reader.orgId} and state not in ('completed', 'failed', 'cancelled') order by id`)
  return rows.map((row) => row.id)
}
