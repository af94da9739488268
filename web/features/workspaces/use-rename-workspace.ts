import { useMutation } from '@tanstack/react-query'
import type { RenameWorkspace, Workspace } from '#shared/workspaces/contract.ts'
import { client } from '../../kernel/trpc.ts'
import { tellDone } from '../acts/index.ts'

/** Gives the workspace another name; can be undone. */
export function useRenameWorkspace(workspace: Workspace) {
  return useMutation({
    mutationFn: (input: RenameWorkspace) => client.workspaces.rename.mutate(input),
    // Read before it is sent: the event may tell the new name before the answer comes.
    onMutate: () => workspace.name,
    onSuccess: (_, { orgId, name }, formerName) => void tellDone(orgId, `Renamed ${formerName} to ${name}`),
  })
}
