import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { ContactPolicy } from '#shared/orgs/contract.ts'
import { WorkspaceAccess } from '#shared/workspaces/mounts.ts'
import type { Reader } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

export async function selectContactPolicy(reader: Reader): Promise<ContactPolicy> {
  const found = await reader.row<{ policy: ContactPolicy }>(sql`
    select contact_policy as policy from orgs where id = ${reader.orgId}`)
  return found?.policy ?? 'direct'
}

/** What the configs of living workspaces say of the files of others; those that say nothing are left out. */
export async function selectAccess(reader: Reader): Promise<Map<WorkspaceId, WorkspaceAccess>> {
  const rows = await reader.rows<{ id: WorkspaceId; access: unknown }>(sql`
    select w.id, f.config -> 'workspace_access' as access from workspaces w
      join files f on f.org_id = w.org_id and f.workspace_id = w.id and f.path = 'config.yaml' and f.deleted_at is null
     where w.org_id = ${reader.orgId} and w.deleted_at is null and jsonb_typeof(f.config -> 'workspace_access') = 'array'`)
  return new Map(
    rows.flatMap(({ id, access }) => {
      const { data } = WorkspaceAccess.safeParse(access)
      return data ? [[id, data] as const] : []
    }),
  )
}
