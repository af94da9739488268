import { useState } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { configDefaults } from '#shared/workspaces/config-defaults.ts'
import type { Position, Workspace } from '#shared/workspaces/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { ProblemText } from './problem-text.tsx'
import { useCreateWorkspace } from './use-create-workspace.ts'

export type CreateWorkspaceDialogProps = {
  orgId: OrgId
  workspaces: readonly Workspace[]
  parentId: WorkspaceId | null
  position?: Position
  onClose: () => void
  onCreated: (id: WorkspaceId) => void
}

export function CreateWorkspaceDialog({
  orgId,
  workspaces,
  position,
  onClose,
  onCreated,
  ...asked
}: CreateWorkspaceDialogProps) {
  const [name, setName] = useState('')
  const [role, setRole] = useState('')
  const [parentId, setParentId] = useState<WorkspaceId | null>(asked.parentId)
  const [model, setModel] = useState(
    () => workspaces.find(({ id }) => id === asked.parentId)?.model ?? workspaces[0]?.model ?? configDefaults.model,
  )
  const create = useCreateWorkspace()
  const problem = create.error ? readProblem(create.error) : undefined
  const nameError =
    name.length > 80 ? 'Use at most 80 characters.' : problem?.field === 'name' ? problem.message : undefined
  const models = [...new Set([configDefaults.model, ...workspaces.map((workspace) => workspace.model)])]

  const submit = () => {
    if (name.trim() === '' || create.isPending) return
    const placed = parentId === asked.parentId ? (position ?? null) : null
    create.mutate(
      { orgId, name: name.trim(), role: role.trim(), model: model.trim() || undefined, parentId, position: placed },
      {
        onSuccess: ({ id }) => {
          onClose()
          onCreated(id)
        },
      },
    )
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      onSubmit={submit}
      title="New workspace"
      description="A box on the org chart: a role that an agent fills."
      width="narrow"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={create.isPending} disabled={name.trim() === ''}>
            Create workspace
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          error={nameError}
          placeholder="Researcher"
          data-autofocus
        />
        <TextField
          label="Role"
          value={role}
          onChange={setRole}
          maxLength={400}
          placeholder="Finds facts and cites them"
          hint="One line: its card and its peers show it."
        />
        <Select
          label="Reports to"
          value={parentId ?? ''}
          onChange={(value) => setParentId(workspaces.find(({ id }) => id === value)?.id ?? null)}
          options={[
            { value: '', label: 'Nobody: a root' },
            ...workspaces.map((workspace) => ({ value: workspace.id, label: workspace.name })),
          ]}
        />
        <TextField
          label="Model"
          value={model}
          onChange={setModel}
          list="known-models"
          className="font-mono"
          hint="provider:model, or rehearsal for the keyless one."
        />
        <datalist id="known-models">
          {models.map((known) => (
            <option key={known} value={known} />
          ))}
        </datalist>
        {problem && problem.field !== 'name' && <ProblemText error={create.error} />}
      </div>
    </Dialog>
  )
}
