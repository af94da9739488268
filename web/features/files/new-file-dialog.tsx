import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'

export type NewFileDialogProps = {
  orgId: OrgId
  workspaceId: WorkspaceId
  /** Where it is to lie; empty for the top. */
  folder: string
  onClose: () => void
  onMade: (path: string) => void
}

export function NewFileDialog({ orgId, workspaceId, folder, onClose, onMade }: NewFileDialogProps) {
  const [path, setPath] = useState(folder === '' ? '' : `${folder}/`)
  const make = useMutation(
    trpc.files.save.mutationOptions({
      onSuccess: async (made) => {
        await queryClient.invalidateQueries({ queryKey: trpc.files.list.queryKey({ orgId, workspaceId }) })
        onMade(made.file.path)
      },
    }),
  )
  const problem = make.error ? readProblem(make.error) : undefined
  const submit = () => {
    const wanted = path.trim()
    if (wanted !== '') make.mutate({ orgId, workspaceId, path: wanted, text: '', baseVersion: 0 })
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      onSubmit={submit}
      title="New file"
      width="narrow"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" disabled={path.trim() === ''} isBusy={make.isPending}>
            Create file
          </Button>
        </>
      }
    >
      <TextField
        label="Path"
        value={path}
        onChange={setPath}
        hint="Folders by a slash, e.g. notes/vendors.md"
        error={problem && [problem.message, problem.fix].filter(Boolean).join(' ')}
        autoComplete="off"
      />
    </Dialog>
  )
}
