import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import { defaultLimits } from '#shared/limits/contract.ts'
import type { Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

/**
 * The places of a workspace: how many of its delegations may run at once. One that was lost keeps its place until it is taken up. Whoever takes or leaves one holds this lock to
 * the end of the transaction. It comes before every row lock.
 */
export async function lockPlaces(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtextextended(${workspaceId}, 20260))`)
}

type Asked = { workspaceId: WorkspaceId; delegationId: DelegationId; allowed: number }

/**
 * Is there a place for this delegation, in its workspace after those that come before it in the queue, and in the org? The
 * org's are counted without a lock: those who start at the same moment elsewhere may pass its limit by as many as they are.
 */
export async function hasPlace(tx: Tx, { workspaceId, delegationId, allowed }: Asked): Promise<boolean> {
  const found = await tx.row<{ free: boolean }>(sql`
    select (select count(*) from delegations
             where org_id = ${tx.orgId} and workspace_id = ${workspaceId} and state in ('running', 'lost') and id <> me.id)
         + (select count(*) from delegations other
             where other.org_id = ${tx.orgId} and other.workspace_id = ${workspaceId} and other.state = 'queued'
               and other.cancel_asked_at is null
               and (not other.has_started, -other.priority, other.created_at, other.id)
                 < (not me.has_started, -me.priority, me.created_at, me.id))
         < ${allowed}
       and (select count(*) from delegations
             where org_id = ${tx.orgId} and state in ('running', 'lost') and id <> me.id)
         < coalesce((select l.running from org_limits l where l.org_id = ${tx.orgId}), ${defaultLimits.running}) as free
      from delegations me where me.org_id = ${tx.orgId} and me.id = ${delegationId}`)
  return found?.free ?? false
}

/** Who may start now that this delegation leaves its place: resumed before new, then by priority, then first come. */
export async function nextInQueue(tx: Tx, { workspaceId, delegationId, allowed }: Asked): Promise<DelegationId[]> {
  const rows = await tx.rows<{ id: DelegationId }>(sql`
    select id from delegations
     where org_id = ${tx.orgId} and workspace_id = ${workspaceId} and state = 'queued' and id <> ${delegationId}
     order by not has_started, -priority, created_at, id
     limit greatest(0, ${allowed}::int - (
       select count(*) from delegations
        where org_id = ${tx.orgId} and workspace_id = ${workspaceId} and state in ('running', 'lost')
           and id <> ${delegationId}))`)
  return rows.map((row) => row.id)
}

/** Delegations of a workspace that run or stand in its queue. */
export async function countBusy(tx: Tx, workspaceId: WorkspaceId): Promise<number> {
  const found = await tx.row<{ busy: number }>(sql`
    select count(*)::int as busy from delegations
     where org_id = ${tx.orgId} and workspace_id = ${workspaceId} and state in ('queued', 'running', 'lost')`)
  return found?.busy ?? 0
}
