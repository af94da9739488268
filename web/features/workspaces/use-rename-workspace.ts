import { useMutation } from '@tanstack/react-query'
import type { RenameWorkspace, Workspace } from '#shared/workspaces/contract.ts'
import { client } from '../../kernel/trpc.ts'
import { doing } from '../acts/index.ts'

/** Gives the workspace another name; can be undone. */
export function useRenameWorkspace(workspace: Workspace) {
  return useMutation({
    mutationFn: (input: RenameWorkspace) => {
      // Read before it is sent: the event may tell the new name before the answer comes.
      const { name: formerName } = workspace
      return doing(
        input.orgId,
        (asAct) => client.workspaces.rename.mutate({ ...input, asAct }),
        () => `Renamed ${formerName} to ${input.name}`,
      )
    },
  })
}
