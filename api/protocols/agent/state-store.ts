import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Reader } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

export type StateRow = {
  parentId: WorkspaceId | null
  name: string
  deletedAt: Date | null
  isPaused: boolean
  isFrozen: boolean
}

/** Also of a workspace that was removed: its agent is to hear of it. */
export async function readState(reader: Reader, id: WorkspaceId): Promise<StateRow | undefined> {
  return await reader.row<StateRow>(sql`
    select w.parent_id as "parentId", w.name, w.deleted_at as "deletedAt", standing.is_paused as "isPaused",
           standing.is_frozen as "isFrozen"
      from workspaces w cross join lateral standing_of(w.org_id, w.id) standing
     where w.org_id = ${reader.orgId} and w.id = ${id}`)
}

export type PendingRow = { id: string; seq: number; type: string; at: Date; payload: unknown }

/** What happened after `cursor` that concerns this workspace, and what holds for all of the org; oldest first. */
export async function selectPending(
  reader: Reader,
  { workspaceId, cursor, upTo, limit }: { workspaceId: WorkspaceId; cursor: number; upTo: number; limit: number },
): Promise<PendingRow[]> {
  return await reader.rows<PendingRow>(sql`
    select id, seq::float8 as seq, type, at, payload from events
     where org_id = ${reader.orgId} and seq > ${cursor} and seq <= ${upTo}
       and (payload ->> 'workspaceId' = ${workspaceId} or payload ->> 'fromWorkspaceId' = ${workspaceId}
            or type in ('org.stopped', 'org.started', 'org.frozen', 'org.unfrozen'))
     order by seq limit ${limit}`)
}

export async function headOfLog(reader: Reader): Promise<number> {
  const row = await reader.row<{ seq: number }>(sql`
    select seq::float8 as seq from org_sequences where org_id = ${reader.orgId}`)
  return row?.seq ?? 0
}
