import { AppError } from '#shared/kernel/app-error.ts'
import { AgentTokenId, type WorkspaceId } from '#shared/kernel/ids.ts'
import type { IssuedToken } from '#shared/keys/contract.ts'
import { type Actor, type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { makeToken } from '../../kernel/machines/token.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { endTokensIn, insertToken, lockTokens, selectTokens } from './token-store.ts'

/** The token by which an agent outside acts for this workspace. The answer is the only place where it is ever seen. */
export async function issueToken(context: OrgContext, workspaceId: WorkspaceId): Promise<IssuedToken> {
  const by = requireIssuer(context)
  return await inTransaction(context, async (tx) => {
    await requireWorkspace(tx, workspaceId)
    await lockTokens(tx, workspaceId)
    const working = await selectTokens(tx, workspaceId)
    if (working.some((one) => one.expiresAt === null)) {
      throw new AppError('conflict', 'This workspace has a token already.', { fix: 'Rotate it, or revoke it first.' })
    }
    const issued = await addToken(tx, workspaceId, by)
    tx.tell({ type: 'agent-token.issued', payload: { tokenId: issued.agentToken.id, workspaceId } })
    return issued
  })
}

/** A new token; the old one works beside it for a while, so that the agent never stands before a closed door. */
export async function rotateToken(
  context: OrgContext,
  { workspaceId, graceHours }: { workspaceId: WorkspaceId; graceHours: number },
): Promise<IssuedToken> {
  const by = requireIssuer(context)
  return await inTransaction(context, async (tx) => {
    await requireWorkspace(tx, workspaceId)
    await lockTokens(tx, workspaceId)
    await endTokensIn(tx, workspaceId, graceHours)
    const issued = await addToken(tx, workspaceId, by)
    tx.tell({ type: 'agent-token.rotated', payload: { tokenId: issued.agentToken.id, workspaceId, graceHours } })
    return issued
  })
}

async function addToken(tx: Tx, workspaceId: WorkspaceId, by: Issuer): Promise<IssuedToken> {
  const { token, shown, hash } = makeToken('dga')
  const id = AgentTokenId.parse(uuidv7())
  return { agentToken: await insertToken(tx, { id, workspaceId, shown, hash, by }), token }
}

type Issuer = Extract<Actor, { kind: 'person' }>

function requireIssuer(context: OrgContext): Issuer {
  requireMay(context, 'agent-tokens.write')
  if (context.actor.kind === 'person') return context.actor
  throw new AppError('forbidden', 'Tokens are issued by people.')
}
