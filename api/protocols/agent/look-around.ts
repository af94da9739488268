import type { z } from 'zod'
import type { Peer } from '#shared/delegations/journal.ts'
import type { CheckAccess } from '#shared/keys/agent-contract.ts'
import { checkContact, listPeers } from '../../features/delegations/index.ts'
import { loadChart, requireWorkspace } from '../../features/workspaces/index.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { type AgentContext, requireSelf } from './require-agent.ts'
import { readState } from './state-store.ts'

/** Who the agent is here. Of a workspace that was removed only the name is left. */
export async function getMe({ context: { db, orgId }, workspaceId }: AgentContext) {
  return await inSnapshot(db, orgId, async (reader) => {
    const state = await readState(reader, workspaceId)
    const of = { org_id: orgId, workspace_id: workspaceId }
    if (!state || state.deletedAt) return { ...of, name: state?.name ?? '', role: '', parent_id: null, tier: null }
    const { name, role, parentId, tier } = await requireWorkspace(reader, workspaceId)
    return { ...of, name, role, parent_id: parentId, tier }
  })
}

/** Whom it may talk to. */
export async function readPeers({ context: { db, orgId }, workspaceId }: AgentContext): Promise<Peer[]> {
  return await inSnapshot(db, orgId, async (reader) => {
    await requireWorkspace(reader, workspaceId)
    return await listPeers(reader, workspaceId)
  })
}

/** May it talk to that workspace, and why. One that another org has is as unknown as one that nobody has. */
export async function checkAccess(
  { context: { db, orgId }, workspaceId }: AgentContext,
  asked: z.output<typeof CheckAccess>,
) {
  requireSelf(asked.caller_id, workspaceId)
  return await inSnapshot(db, orgId, async (reader) => {
    await requireWorkspace(reader, workspaceId)
    const { byId } = await loadChart(reader)
    const { contact, why } = await checkContact(reader, workspaceId, asked.target_id)
    const nameOf = (id: typeof workspaceId) => byId.get(id)?.name ?? 'this workspace'
    const reason = why(nameOf(workspaceId), nameOf(asked.target_id))
    return { allowed: contact.allowed, relation: contact.allowed ? contact.relation : null, reason }
  })
}
