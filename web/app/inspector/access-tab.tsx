import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { ToolAccessBlock } from '../../features/approvals/index.ts'
import { AgentTokenBlock } from '../../features/keys/index.ts'
import { WorkspaceMcp } from '../../features/mcp/index.ts'
import { WorkspaceSecrets } from '../../features/secrets/index.ts'
import { MountsBlock } from '../../features/workspaces/index.ts'
import { Contacts } from './contacts.tsx'

type AccessTabProps = { orgId: OrgId; workspace: Workspace; onSelect: (id: WorkspaceId) => void }

/** Whom the workspace may talk to and what it may call, and why; and what opens doors to it and for it. */
export function AccessTab({ orgId, workspace, onSelect }: AccessTabProps) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <Contacts orgId={orgId} workspace={workspace} onSelect={onSelect} />
      <ToolAccessBlock orgId={orgId} workspaceId={workspace.id} />
      <MountsBlock orgId={orgId} workspaceId={workspace.id} />
      <WorkspaceMcp orgId={orgId} workspaceId={workspace.id} />
      <WorkspaceSecrets key={workspace.id} orgId={orgId} workspace={workspace} />
      <AgentTokenBlock orgId={orgId} workspaceId={workspace.id} name={workspace.name} />
    </div>
  )
}
