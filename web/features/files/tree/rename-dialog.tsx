import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { client, queryClient, trpc } from '../../../kernel/trpc.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { notify } from '../../../ui/toast.ts'

export type RenameDialogProps = {
  workspace: { orgId: OrgId; workspaceId: WorkspaceId }
  path: string
  onClose: () => void
  onRenamed: (from: string, to: string) => void
}

/** Another path for a file, which may be in another folder. */
export function RenameDialog({ workspace, path, onClose, onRenamed }: RenameDialogProps) {
  const [typed, setTyped] = useState(path)
  const to = typed.trim()
  const reread = () => queryClient.invalidateQueries({ queryKey: trpc.files.list.queryKey(workspace) })
  const rename = useMutation(
    trpc.files.rename.mutationOptions({
      onSuccess: async () => {
        await reread()
        onRenamed(path, to)
        const undo = async () => {
          await client.files.rename.mutate({ ...workspace, path: to, to: path })
          await reread()
          onRenamed(to, path)
        }
        const failed = (error: unknown) => notify({ title: readProblem(error).message, tone: 'failed' })
        notify({ title: `${path} is now ${to}`, action: { label: 'Undo', run: () => void undo().catch(failed) } })
      },
    }),
  )
  const problem = rename.error ? readProblem(rename.error) : undefined
  return (
    <Dialog
      isOpen
      onClose={onClose}
      onSubmit={() => to !== '' && to !== path && rename.mutate({ ...workspace, path, to })}
      title={`Rename ${path}`}
      width="narrow"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" disabled={to === '' || to === path} isBusy={rename.isPending}>
            Rename file
          </Button>
        </>
      }
    >
      <TextField
        label="Path"
        value={typed}
        onChange={setTyped}
        hint="Folders by a slash. Its history goes with it."
        error={problem && [problem.message, problem.fix].filter(Boolean).join(' ')}
        autoComplete="off"
      />
    </Dialog>
  )
}
