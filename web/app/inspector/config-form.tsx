import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { doing } from '../../features/acts/index.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useMay } from '../../kernel/may.ts'
import { client } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { TextareaField } from '../../ui/textarea-field.tsx'

export type ConfigFormProps = { orgId: OrgId; workspace: Workspace; isRehearsal: boolean }

/** Role and model, written into the workspace's config.yaml; its comments and order stay. */
export function ConfigForm({ orgId, workspace, isRehearsal }: ConfigFormProps) {
  const [role, setRole] = useState(workspace.role)
  const [model, setModel] = useState(workspace.model)
  const mayEdit = useMay(orgId, 'workspaces.edit')
  const save = useMutation({
    mutationFn: (fields: { role?: string; model?: string }) =>
      doing(
        orgId,
        (asAct) => client.workspaces.configure.mutate({ orgId, workspaceId: workspace.id, ...fields, asAct }),
        () => `Changed ${workspace.name}`,
      ),
  })
  const problem = save.error ? readProblem(save.error) : undefined
  const isChanged = role !== workspace.role || model !== workspace.model
  const problemOf = (field: string) =>
    problem?.field === field ? [problem.message, problem.fix].filter(Boolean).join(' ') : undefined
  const submit = () => {
    save.mutate({
      ...(role !== workspace.role && { role }),
      ...(model !== workspace.model && { model }),
    })
  }
  return (
    <form
      aria-label="Role and model"
      className="flex flex-col gap-3 border-t border-line px-4 py-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (isChanged) submit()
      }}
    >
      <TextareaField
        label="Role"
        value={role}
        onChange={setRole}
        rows={2}
        readOnly={!mayEdit}
        error={problemOf('role')}
      />
      <TextField
        label="Model"
        value={model}
        readOnly={!mayEdit}
        onChange={setModel}
        className="font-mono"
        error={problemOf('model')}
        hint={isRehearsal ? 'In rehearsal every model is played by the rehearsal model.' : 'provider:model'}
      />
      {problem && problemOf('role') === undefined && problemOf('model') === undefined && (
        <p role="alert" className="text-13 text-danger">
          {problem.message} {problem.fix}
        </p>
      )}
      {isChanged && (
        <div className="flex justify-end gap-2">
          <Button
            size="small"
            onClick={() => {
              setRole(workspace.role)
              setModel(workspace.model)
            }}
          >
            Discard
          </Button>
          <Button size="small" tone="primary" type="submit" isBusy={save.isPending}>
            Save role and model
          </Button>
        </div>
      )}
    </form>
  )
}
