import type { Comm, ListComms } from '#shared/chat/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { readComms } from '../delegations/index.ts'
import { requireWorkspace } from '../workspaces/index.ts'

/** What went between a workspace and other agents, newest first: who asked whom for what, and what came back. */
export async function listComms(context: OrgContext, input: Omit<ListComms, 'orgId'>): Promise<Comm[]> {
  requireMay(context, 'delegations.read')
  const { workspaceId, before, limit } = input
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    await requireWorkspace(reader, workspaceId)
    return await readComms(reader, { workspaceId, before, limit })
  })
}
