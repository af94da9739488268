import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { OrgEvent } from '#shared/org-event.ts'
import type { Reader } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

type EventRow = {
  id: string
  seq: string
  type: string
  version: number
  at: Date
  actor: unknown
  chain_id: string
  chain_depth: number
  payload: unknown
}

/** Events about a workspace and work it handed on, before `before`, newest first. */
export async function findActivity(
  reader: Reader,
  workspaceId: WorkspaceId,
  before: number,
  limit: number,
): Promise<OrgEvent[]> {
  const rows = await reader.rows<EventRow>(sql`
    select * from (
      (select * from events
        where org_id = ${reader.orgId} and payload ->> 'workspaceId' = ${workspaceId}
          and type <> 'step.changed' and seq < ${before}
        order by seq desc limit ${limit})
      union
      (select * from events
        where org_id = ${reader.orgId} and type = 'delegation.queued'
          and payload ->> 'fromWorkspaceId' = ${workspaceId} and seq < ${before}
        order by seq desc limit ${limit})
    ) found order by seq desc limit ${limit}`)
  return rows.map((row) =>
    OrgEvent.parse({
      id: row.id,
      orgId: reader.orgId,
      seq: Number(row.seq),
      type: row.type,
      version: row.version,
      at: row.at.toISOString(),
      actor: row.actor,
      chain: { id: row.chain_id, depth: row.chain_depth },
      payload: row.payload,
    }),
  )
}
