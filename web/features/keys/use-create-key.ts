import { useMutation } from '@tanstack/react-query'
import type { CreateKey } from '#shared/keys/contract.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'

/** Makes a key. The answer holds it, once. */
export function useCreateKey() {
  return useMutation({
    mutationFn: (key: CreateKey) => client.keys.create.mutate(key),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.keys.pathKey() }),
    // The answer is not kept where it could be shown again.
    gcTime: 0,
  })
}
