import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { notify } from '../../ui/toast.ts'

export type MakeSecretDialogProps = {
  orgId: OrgId
  workspaceId: WorkspaceId
  found: { name: string; value: string }
  onClose: () => void
  /** It is kept; the text may now name it instead. */
  onKept: (name: string) => void
}

/** Moves a value out of a text into the vault. */
export function MakeSecretDialog({ orgId, workspaceId, found, onClose, onKept }: MakeSecretDialogProps) {
  const [name, setName] = useState(found.name)
  const keep = useMutation(
    trpc.secrets.set.mutationOptions({
      onSuccess: (_made, { name: kept }) => {
        onKept(kept)
        notify({
          title: `Kept as the secret ${kept}`,
          detail: `Name it under required_env in config.yaml, so that the agent gets it. Versions saved before still hold the value: change it where it was issued.`,
          tone: 'done',
        })
      },
    }),
  )
  const problem = keep.error ? readProblem(keep.error) : undefined
  return (
    <Dialog
      isOpen
      onClose={onClose}
      onSubmit={() => keep.mutate({ orgId, workspaceId, name: name.trim(), value: found.value })}
      title="Keep it as a secret"
      description="The value goes into the vault, encrypted, for this workspace. In the text its name takes its place."
      width="narrow"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" disabled={name.trim() === ''} isBusy={keep.isPending}>
            Keep the secret and name it in the text
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          className="font-mono"
          hint="Capitals, digits and underscores"
          error={problem && [problem.message, problem.fix].filter(Boolean).join(' ')}
          autoComplete="off"
        />
        <p className="text-12 text-fg-2">
          Value: <span className="font-mono">{hidden(found.value)}</span>
        </p>
      </div>
    </Dialog>
  )
}

function hidden(value: string): string {
  return value.length < 16 ? '••••••••' : `••••••••${value.slice(-4)}`
}
