import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Reader } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

export type Begun = { delegationId: DelegationId; task: string; configVersion: number }

/** Work of a workspace that has begun and not ended, with the version of the config it began with; oldest first. */
export async function listBegun(reader: Reader, workspaceId: WorkspaceId, most: number): Promise<Begun[]> {
  return await reader.rows<Begun>(sql`
    select d.id as "delegationId", left(d.task, 200) as task, (s.output ->> 'configVersion')::int as "configVersion"
      from delegations d
      join steps s on s.org_id = d.org_id and s.delegation_id = d.id and s.kind = 'context' and s.state = 'done'
     where d.org_id = ${reader.orgId} and d.workspace_id = ${workspaceId} and d.cancel_asked_at is null
       and d.state not in ('completed', 'failed', 'cancelled')
     order by d.created_at, d.id limit ${most}`)
}
