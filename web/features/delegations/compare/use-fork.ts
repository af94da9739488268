import { useMutation } from '@tanstack/react-query'
import type { ForkDelegation } from '#shared/delegations/replay-contract.ts'
import { client, queryClient, trpc } from '../../../kernel/trpc.ts'

/** Makes a fork and gives its id. */
export function useFork(onForked: (delegationId: string) => void) {
  return useMutation({
    mutationFn: (input: ForkDelegation) => client.replays.fork.mutate(input),
    onSuccess: ({ delegationId }) => {
      void queryClient.invalidateQueries({ queryKey: trpc.replays.relatives.pathKey() })
      onForked(delegationId)
    },
  })
}
