import type { Priority, WaitingFor } from '#shared/delegations/contract.ts'
import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Position } from '#shared/workspaces/contract.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { json, sql } from '../../kernel/sql.ts'

type Row = Readonly<Record<string, unknown>>

/** Columns of these tables that a snapshot may have. */
export async function readColumns(reader: Reader, tables: readonly string[]): Promise<Map<string, Set<string>>> {
  const rows = await reader.rows<{ name: string; columns: string[] }>(sql`
    select c.relname as name, array_agg(a.attname::text) as columns
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relname = any (${tables}) group by c.relname`)
  return new Map(rows.map(({ name, columns }) => [name, new Set(columns)]))
}

export async function restoreRows(tx: Tx, table: string, rows: readonly Row[]): Promise<void> {
  const given = rows.map((row) => ({ ...row, org_id: tx.orgId }))
  await tx.rows(sql`select restore_rows(${table}::regclass, ${json(given)}::jsonb)`)
}

export async function restoreOrg(tx: Tx, row: Row): Promise<void> {
  await tx.rows(sql`select restore_org(${json(row)}::jsonb)`)
}

/** A queue entry each. What has not ended is due at once: what waits looks again, what is paused stays where it is. */
export async function insertReady(tx: Tx): Promise<void> {
  await tx.rows(sql`
    insert into ready (org_id, delegation_id, wake_at)
    select d.org_id, d.id, case when d.state not in ('completed', 'failed', 'cancelled') then now() end
      from delegations d where d.org_id = ${tx.orgId}`)
}

type RestoredWorkspace = { id: WorkspaceId; parentId: WorkspaceId | null; name: string; position: Position | null }

/** The living ones, each before those below it. */
export async function selectRestoredWorkspaces(tx: Tx): Promise<RestoredWorkspace[]> {
  return await tx.rows<RestoredWorkspace>(sql`
    select w.id, w.parent_id as "parentId", w.name,
           case when w.x is not null then jsonb_build_object('x', w.x, 'y', w.y) end as position
      from workspaces w join workspace_levels() l on l.id = w.id
     where w.org_id = ${tx.orgId} and w.deleted_at is null order by l.level, w.created_at, w.id`)
}

type RestoredWork = {
  id: DelegationId
  parentId: DelegationId | null
  rootId: DelegationId
  workspaceId: WorkspaceId
  fromWorkspaceId: WorkspaceId | null
  priority: Priority
  waitingFor: WaitingFor | null
  chain: { id: string; depth: number }
}

/** What has not ended, each before its parts. */
export async function selectRestoredWork(tx: Tx): Promise<RestoredWork[]> {
  return await tx.rows<RestoredWork>(sql`
    select d.id, d.parent_id as "parentId", d.root_id as "rootId", d.workspace_id as "workspaceId",
           d.from_workspace_id as "fromWorkspaceId", d.waiting_for as "waitingFor",
           case when d.priority >= 100 then 'critical' when d.priority >= 75 then 'high'
                when d.priority >= 50 then 'normal' else 'low' end as priority,
           jsonb_build_object('id', d.chain_id, 'depth', d.depth) as chain
      from delegations d join kept_delegations() k on k.id = d.id
     where d.org_id = ${tx.orgId} and d.state not in ('completed', 'failed', 'cancelled')
     order by k.level, d.created_at, d.id`)
}
