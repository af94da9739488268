import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { askWorkspace, useWorkspaceQuestion } from './ask.ts'
import { useWorkspaces } from './cache.ts'
import { CreateWorkspaceDialog } from './create-workspace-dialog.tsx'
import { DeleteWorkspacesDialog } from './delete-workspaces-dialog.tsx'
import { RenameWorkspaceDialog } from './rename-workspace-dialog.tsx'

export type WorkspaceDialogsProps = {
  orgId: OrgId
  selectedId: WorkspaceId | null
  onSelect: (id: WorkspaceId | null) => void
}

/** The dialog that was asked for last, if any. */
export function WorkspaceDialogs({ orgId, selectedId, onSelect }: WorkspaceDialogsProps) {
  const question = useWorkspaceQuestion()
  const workspaces = useWorkspaces(orgId)
  const close = () => askWorkspace(undefined)
  if (!question) return null
  switch (question.kind) {
    case 'create':
      return (
        <CreateWorkspaceDialog
          orgId={orgId}
          workspaces={workspaces}
          parentId={question.parentId}
          position={question.position}
          onClose={close}
          onCreated={onSelect}
        />
      )
    case 'rename': {
      const workspace = workspaces.find(({ id }) => id === question.workspaceId)
      return workspace ? <RenameWorkspaceDialog orgId={orgId} workspace={workspace} onClose={close} /> : null
    }
    case 'delete':
      return (
        <DeleteWorkspacesDialog
          orgId={orgId}
          workspaces={workspaces}
          workspaceIds={question.workspaceIds}
          onClose={close}
          onDeleted={() => selectedId !== null && question.workspaceIds.includes(selectedId) && onSelect(null)}
        />
      )
    default:
      return question satisfies never
  }
}
