import { useMutation } from '@tanstack/react-query'
import type { CreateWorkspace } from '#shared/workspaces/contract.ts'
import { client } from '../../kernel/trpc.ts'
import { tellDone } from '../acts/index.ts'

/** Creates a workspace; can be undone. */
export function useCreateWorkspace() {
  return useMutation({
    mutationFn: (input: CreateWorkspace) => client.workspaces.create.mutate(input),
    onSuccess: ({ name }, { orgId }) => void tellDone(orgId, `Created ${name}`),
  })
}
