import { AppError } from '#shared/kernel/app-error.ts'
import type { AgentTokenId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { AgentToken } from '#shared/keys/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction } from '../../kernel/db.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { endToken, selectTokens } from './token-store.ts'

/** From the next request on it opens nothing. */
export async function revokeToken(context: OrgContext, tokenId: AgentTokenId): Promise<void> {
  requireMay(context, 'agent-tokens.write')
  await inTransaction(context, async (tx) => {
    const ended = await endToken(tx, tokenId)
    if (!ended) throw new AppError('not-found', 'There is no such token.')
    tx.tell({ type: 'agent-token.revoked', payload: { tokenId, workspaceId: ended.workspaceId } })
  })
}

/** The tokens of a workspace that work now. */
export async function listTokens(context: OrgContext, workspaceId: WorkspaceId): Promise<AgentToken[]> {
  requireMay(context, 'agent-tokens.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    await requireWorkspace(reader, workspaceId)
    return await selectTokens(reader, workspaceId)
  })
}
