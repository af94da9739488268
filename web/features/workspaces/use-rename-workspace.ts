import { useMutation } from '@tanstack/react-query'
import type { RenameWorkspace, Workspace } from '#shared/workspaces/contract.ts'
import { client } from '../../kernel/trpc.ts'
import { offerUndo } from './undo.ts'

/** Gives the workspace another name; can be undone. */
export function useRenameWorkspace(workspace: Workspace) {
  return useMutation({
    mutationFn: (input: RenameWorkspace) => client.workspaces.rename.mutate(input),
    onSuccess: (_, { orgId, workspaceId, name }) =>
      offerUndo(`Renamed ${workspace.name} to ${name}`, {
        name: `rename of ${name}`,
        undo: async () => {
          await client.workspaces.rename.mutate({ orgId, workspaceId, name: workspace.name })
        },
      }),
  })
}
