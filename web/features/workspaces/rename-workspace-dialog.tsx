import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { ProblemText } from './problem-text.tsx'
import { useRenameWorkspace } from './use-rename-workspace.ts'

export type RenameWorkspaceDialogProps = { orgId: OrgId; workspace: Workspace; onClose: () => void }

export function RenameWorkspaceDialog({ orgId, workspace, onClose }: RenameWorkspaceDialogProps) {
  const [name, setName] = useState(workspace.name)
  const rename = useRenameWorkspace(workspace)
  const problem = rename.error ? readProblem(rename.error) : undefined
  const error =
    name.length > 80 ? 'Use at most 80 characters.' : problem?.field === 'name' ? problem.message : undefined
  const submit = () => {
    if (rename.isPending || name.trim() === '') return
    if (name.trim() === workspace.name) return onClose()
    rename.mutate({ orgId, workspaceId: workspace.id, name: name.trim() }, { onSuccess: onClose })
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      onSubmit={submit}
      title={`Rename ${workspace.name}`}
      width="narrow"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={rename.isPending} disabled={name.trim() === ''}>
            Rename
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        error={error}
        data-autofocus
        onFocus={(event) => event.currentTarget.select()}
      />
      {problem && problem.field !== 'name' && <ProblemText error={rename.error} />}
    </Dialog>
  )
}
