import { useMutation } from '@tanstack/react-query'
import type { CreateWorkspace } from '#shared/workspaces/contract.ts'
import { client } from '../../kernel/trpc.ts'
import { doing } from '../acts/index.ts'

/** Creates a workspace; can be undone. */
export function useCreateWorkspace() {
  return useMutation({
    mutationFn: (input: CreateWorkspace) =>
      doing(
        input.orgId,
        (asAct) => client.workspaces.create.mutate({ ...input, asAct }),
        ({ name }) => `Created ${name}`,
      ),
  })
}
