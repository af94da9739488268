import type { AgentTokenId, UserId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { AgentToken } from '#shared/keys/contract.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

type TokenRow = Omit<AgentToken, 'createdAt' | 'expiresAt' | 'lastUsedAt'> & {
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
}

const columns = sql`
  id, workspace_id as "workspaceId", shown, created_by_name as "createdBy", created_at as "createdAt",
  expires_at as "expiresAt", last_used_at as "lastUsedAt"`

type NewToken = {
  id: AgentTokenId
  workspaceId: WorkspaceId
  shown: string
  hash: Buffer
  by: { userId: UserId; name: string }
}

export async function insertToken(tx: Tx, given: NewToken): Promise<AgentToken> {
  const row = await tx.row<TokenRow>(sql`
    insert into agent_tokens (org_id, id, workspace_id, shown, token_hash, created_by, created_by_name)
    values (${tx.orgId}, ${given.id}, ${given.workspaceId}, ${given.shown}, ${given.hash}, ${given.by.userId},
            ${given.by.name})
    returning ${columns}`)
  if (!row) throw new Error('the token was not kept')
  return present(row)
}

/** Those that work now, newest first: at most the token and one that was rotated. */
export async function selectTokens(reader: Reader, workspaceId: WorkspaceId): Promise<AgentToken[]> {
  const rows = await reader.rows<TokenRow>(sql`
    select ${columns} from agent_tokens
     where org_id = ${reader.orgId} and workspace_id = ${workspaceId} and revoked_at is null
       and (expires_at is null or expires_at > now())
     order by created_at desc, id desc`)
  return rows.map(present)
}

/** Two who issue or rotate at once come one after the other. */
export async function lockTokens(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await tx.rows(sql`
    select id from workspaces where org_id = ${tx.orgId} and id = ${workspaceId} for no key update`)
}

/** The tokens that work now go on for this long; those that were rotated before end at once. */
export async function endTokensIn(tx: Tx, workspaceId: WorkspaceId, hours: number): Promise<void> {
  await tx.rows(sql`
    update agent_tokens
       set expires_at = case when expires_at is null then now() + ${hours} * interval '1 hour' else now() end
     where org_id = ${tx.orgId} and workspace_id = ${workspaceId} and revoked_at is null
       and (expires_at is null or expires_at > now())`)
}

/** Undefined where there is none that works. */
export async function endToken(tx: Tx, id: AgentTokenId): Promise<{ workspaceId: WorkspaceId } | undefined> {
  return await tx.row<{ workspaceId: WorkspaceId }>(sql`
    update agent_tokens set revoked_at = now()
     where org_id = ${tx.orgId} and id = ${id} and revoked_at is null and (expires_at is null or expires_at > now())
    returning workspace_id as "workspaceId"`)
}

function present(row: TokenRow): AgentToken {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }
}
