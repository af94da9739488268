import { useMutation } from '@tanstack/react-query'
import type { CreateWorkspace } from '#shared/workspaces/contract.ts'
import { client } from '../../kernel/trpc.ts'
import { offerUndo } from './undo.ts'

/** Creates a workspace; can be undone. */
export function useCreateWorkspace() {
  return useMutation({
    mutationFn: (input: CreateWorkspace) => client.workspaces.create.mutate(input),
    onSuccess: ({ id, name }, { orgId }) =>
      offerUndo(`Created ${name}`, {
        name: `creation of ${name}`,
        undo: async () => {
          await client.workspaces.delete.mutate({ orgId, workspaceId: id })
        },
      }),
  })
}
