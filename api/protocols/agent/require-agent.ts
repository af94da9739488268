import type { Request } from 'express'
import { AppError } from '#shared/kernel/app-error.ts'
import type { AgentTokenId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import type { Door } from '../../kernel/http/signed-in.ts'

export type AgentContext = { context: OrgContext; workspaceId: WorkspaceId; tokenId: AgentTokenId }

/** Names that only we give to callers. */
const reserved = /^(system|webhook|test|channel):/i

/** The workspace an agent outside asks for, by its token alone: what else it says of itself must agree. */
export async function requireAgent({ db, callers }: Door, req: Request): Promise<AgentContext> {
  const { orgId, tokenId, workspaceId, name, origin } = await callers.whichAgent(req)
  requireSelf(req.get('x-workspace-id'), workspaceId)
  return { context: { db, orgId, actor: { kind: 'agent', workspaceId, tokenId, name }, origin }, workspaceId, tokenId }
}

/** A token never speaks for another workspace, and nobody outside for a part of ours. */
export function requireSelf(claimed: string | undefined, workspaceId: WorkspaceId): void {
  if (claimed === undefined || claimed.toLowerCase() === workspaceId) return
  if (reserved.test(claimed.trim())) throw new AppError('forbidden', 'No caller outside has such a name.')
  throw new AppError('unauthenticated', 'This token belongs to another workspace.', {
    fix: 'Send the token of the workspace you name, or leave the name out.',
  })
}
