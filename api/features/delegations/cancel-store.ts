import type { DelegationId } from '#shared/kernel/ids.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

export async function aliveChildren(reader: Reader, id: DelegationId): Promise<DelegationId[]> {
  const rows = await reader.rows<{ id: DelegationId }>(sql`
    select id from delegations
     where org_id = ${reader.orgId} and parent_id = ${id} and state not in ('completed', 'failed', 'cancelled')`)
  return rows.map((row) => row.id)
}

/** A delegation and everything below it that has not ended. */
export async function aliveTree(reader: Reader, id: DelegationId): Promise<DelegationId[]> {
  const rows = await reader.rows<{ id: DelegationId }>(sql`
    with recursive tree as (
      select id, state from delegations where org_id = ${reader.orgId} and id = ${id}
      union all
      select child.id, child.state from delegations child
        join tree on child.org_id = ${reader.orgId} and child.parent_id = tree.id
    )
    select id from tree where state not in ('completed', 'failed', 'cancelled')`)
  return rows.map((row) => row.id)
}

/** The durable flag; their queue entries must be locked. The first reason stays. */
export async function askToCancel(tx: Tx, ids: readonly DelegationId[], reason: string): Promise<void> {
  await tx.rows(sql`
    update delegations set cancel_asked_at = now(), cancel_reason = ${reason}
     where org_id = ${tx.orgId} and id = any (${ids}) and cancel_asked_at is null
       and state not in ('completed', 'failed', 'cancelled')`)
}
