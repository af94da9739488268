import { AgentTokenId, OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { callAcrossOrgs, type Db } from '../db.ts'
import { sql } from '../sql.ts'
import { hashOf } from './token.ts'

/** Of a token that holds: for which workspace an agent outside asks. */
export type OutsideAgent = { orgId: OrgId; tokenId: AgentTokenId; workspaceId: WorkspaceId; name: string }

type AgentRow = { org_id: string; token_id: string; workspace_id: string; name: string }

/** Undefined alike for a token that is unknown, revoked, or was rotated long enough ago. */
export async function findAgent(db: Db, token: string): Promise<OutsideAgent | undefined> {
  const [row] = await callAcrossOrgs<AgentRow>(db, sql`select * from agent_by_hash(${hashOf(token)})`)
  if (!row) return undefined
  return {
    orgId: OrgId.parse(row.org_id),
    tokenId: AgentTokenId.parse(row.token_id),
    workspaceId: WorkspaceId.parse(row.workspace_id),
    name: row.name,
  }
}
