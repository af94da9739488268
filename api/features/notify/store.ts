import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Route, RouteId } from '#shared/notify/contract.ts'
import type { Role } from '#shared/orgs/contract.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

type Row = { id: RouteId; category: string; lowest: Role | null; workspaceId: WorkspaceId | null }

export async function selectRoutes(reader: Reader): Promise<Route[]> {
  const rows = await reader.rows<Row>(sql`
    select r.id, r.category, r.lowest, r.workspace_id as "workspaceId" from notify_routes r
      left join workspaces w on w.org_id = r.org_id and w.id = r.workspace_id
     where r.org_id = ${reader.orgId} and w.deleted_at is null order by lower(r.category), r.created_at, r.id`)
  return rows.flatMap(({ id, category, lowest, workspaceId }): Route[] => {
    if (workspaceId !== null) return [{ id, category, to: { kind: 'workspace', workspaceId } }]
    return lowest === null ? [] : [{ id, category, to: { kind: 'people', lowest } }]
  })
}

/** False where it is there already. */
export async function insertRoute(tx: Tx, { id, category, to }: Route): Promise<boolean> {
  const [lowest, workspaceId] = to.kind === 'people' ? [to.lowest, null] : [null, to.workspaceId]
  const added = await tx.rows(sql`
    insert into notify_routes (org_id, id, category, lowest, workspace_id)
    values (${tx.orgId}, ${id}, ${category}, ${lowest}, ${workspaceId}) on conflict do nothing returning id`)
  return added.length > 0
}

export async function deleteRoute(tx: Tx, id: RouteId): Promise<boolean> {
  const gone = await tx.rows(sql`delete from notify_routes where org_id = ${tx.orgId} and id = ${id} returning id`)
  return gone.length > 0
}

type Note = { id: string; workspaceId: WorkspaceId; category: string; lowest: Role | null; text: string }

export async function insertNotification(tx: Tx, { id, workspaceId, category, lowest, text }: Note): Promise<void> {
  await tx.rows(sql`
    insert into notifications (org_id, id, workspace_id, category, lowest, text)
    values (${tx.orgId}, ${id}, ${workspaceId}, ${category}, ${lowest}, ${text})`)
}

/** How often a workspace told something within the last hour; two calls at once count one after the other. */
export async function countLately(tx: Tx, workspaceId: WorkspaceId): Promise<number> {
  await tx.rows(sql`select 1 from workspaces where org_id = ${tx.orgId} and id = ${workspaceId} for no key update`)
  const row = await tx.row<{ count: number }>(sql`
    select count(*)::int as count from notifications
     where org_id = ${tx.orgId} and workspace_id = ${workspaceId} and created_at > now() - interval '1 hour'`)
  return row?.count ?? 0
}
