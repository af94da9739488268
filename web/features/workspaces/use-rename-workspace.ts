import { useMutation } from '@tanstack/react-query'
import type { RenameWorkspace, Workspace } from '#shared/workspaces/contract.ts'
import { client } from '../../kernel/trpc.ts'
import { offerUndo } from './undo.ts'

/** Gives the workspace another name; can be undone. */
export function useRenameWorkspace(workspace: Workspace) {
  return useMutation({
    mutationFn: (input: RenameWorkspace) => client.workspaces.rename.mutate(input),
    // Read before it is sent: the event may tell the new name before the answer comes.
    onMutate: () => workspace.name,
    onSuccess: (_, { orgId, workspaceId, name }, formerName) =>
      offerUndo(`Renamed ${formerName} to ${name}`, {
        name: `rename of ${name}`,
        undo: async () => {
          await client.workspaces.rename.mutate({ orgId, workspaceId, name: formerName })
        },
      }),
  })
}
