import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { client, queryClient, trpc } from '../../../kernel/trpc.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { doing } from '../../acts/index.ts'
import { followRename } from '../cache.ts'

export type RenameDialogProps = {
  workspace: { orgId: OrgId; workspaceId: WorkspaceId }
  path: string
  onClose: () => void
}

/** Another path for a file, which may be in another folder. */
export function RenameDialog({ workspace, path, onClose }: RenameDialogProps) {
  const [typed, setTyped] = useState(path)
  const to = typed.trim()
  const rename = useMutation({
    mutationFn: () =>
      doing(
        workspace.orgId,
        (asAct) => client.files.rename.mutate({ ...workspace, path, to, asAct }),
        () => `${path} is now ${to}`,
      ),
    onSuccess: async () => {
      followRename(workspace, path, to)
      await queryClient.invalidateQueries({ queryKey: trpc.files.list.queryKey(workspace) })
      onClose()
    },
  })
  const problem = rename.error ? readProblem(rename.error) : undefined
  return (
    <Dialog
      isOpen
      onClose={onClose}
      onSubmit={() => to !== '' && to !== path && rename.mutate()}
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
