import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Reader } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

/** Newest texts of all living files of these workspaces. */
export async function selectTexts(
  reader: Reader,
  ids: readonly WorkspaceId[],
): Promise<{ workspaceId: WorkspaceId; path: string; text: string }[]> {
  return await reader.rows(sql`
    select f.workspace_id as "workspaceId", f.path, v.text
      from files f join file_versions v on v.org_id = f.org_id and v.file_id = f.id and v.version = f.head
     where f.org_id = ${reader.orgId} and f.workspace_id = any (${ids}) and f.deleted_at is null
     order by f.workspace_id, f.path`)
}
