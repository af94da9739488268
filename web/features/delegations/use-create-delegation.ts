import { useMutation } from '@tanstack/react-query'
import type { CreateDelegation } from '#shared/delegations/contract.ts'
import { client } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'

/** Gives a workspace work. */
export function useCreateDelegation(workspaceName: string) {
  return useMutation({
    mutationFn: (input: CreateDelegation) => client.delegations.create.mutate(input),
    onSuccess: ({ state }) =>
      notify({
        title: state === 'queued' ? `Given to ${workspaceName}` : `${workspaceName} works on it`,
        tone: 'done',
      }),
  })
}
