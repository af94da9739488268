import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Profile } from '#shared/moves/tool-diff.ts'
import { configDefaults } from '#shared/workspaces/config-defaults.ts'
import type { Reader } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

/** What the configs of all living workspaces say of what they may do. */
export async function selectProfiles(reader: Reader): Promise<Map<WorkspaceId, Profile>> {
  type Row = { id: WorkspaceId; name: string; role: string | null; tier: number | null; listed: string[] | null }
  const rows = await reader.rows<Row>(sql`
    select w.id, coalesce(f.config ->> 'name', w.name) as name, f.config ->> 'role' as role,
           (f.config ->> 'tier')::float8 as tier, f.config -> 'tools' as listed
      from workspaces w
      left join files f on f.org_id = w.org_id and f.workspace_id = w.id and f.path = 'config.yaml' and f.deleted_at is null
     where w.org_id = ${reader.orgId} and w.deleted_at is null`)
  return new Map(
    rows.map(({ id, name, role, tier, listed }) => {
      const profile = { name, role: role ?? '', tier: tier ?? configDefaults.tier, listed: listed ?? undefined }
      return [id, profile]
    }),
  )
}
