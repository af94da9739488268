import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Reader } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { type DelegationRow, type StepRow, stepColumns, view } from './view-store.ts'

export async function findDelegations(reader: Reader, ids: readonly DelegationId[]): Promise<DelegationRow[]> {
  if (ids.length === 0) return []
  return await reader.rows<DelegationRow>(sql`
    ${view} where d.org_id = ${reader.orgId} and d.id = any (${ids}) order by d.id`)
}

/** What was said, what holds, and what is under way: the rest of a trace is read where somebody looks at it. */
export async function spokenSteps(
  reader: Reader,
  ids: readonly DelegationId[],
): Promise<(StepRow & { delegationId: DelegationId })[]> {
  if (ids.length === 0) return []
  return await reader.rows<StepRow & { delegationId: DelegationId }>(sql`
    select delegation_id as "delegationId", ${stepColumns}
      from steps
     where org_id = ${reader.orgId} and delegation_id = any (${ids})
       and (kind in ('note', 'message') or state in ('pending', 'running', 'waiting'))
     order by delegation_id, step`)
}

type CommsRow = DelegationRow & { fromWorkspaceId: WorkspaceId; fromName: string }

/** Newest first. */
export async function commsBetween(
  reader: Reader,
  { workspaceId, before, limit }: { workspaceId: WorkspaceId; before: string | undefined; limit: number },
): Promise<CommsRow[]> {
  const older = before === undefined ? sql`` : sql`and c.created_at < ${before}`
  return await reader.rows<CommsRow>(sql`
    select v.*, c.from_workspace_id as "fromWorkspaceId", coalesce(f.name, 'A workspace that is gone') as "fromName"
      from (select c.id, c.from_workspace_id, c.created_at from delegations c
             where c.org_id = ${reader.orgId} and c.from_workspace_id is not null ${older}
               and (c.workspace_id = ${workspaceId} or c.from_workspace_id = ${workspaceId})
             order by c.created_at desc, c.id desc limit ${limit}) c
      cross join lateral (${view} where d.org_id = ${reader.orgId} and d.id = c.id) v
      left join workspaces f on f.org_id = ${reader.orgId} and f.id = c.from_workspace_id
     order by c.created_at desc, c.id desc`)
}
