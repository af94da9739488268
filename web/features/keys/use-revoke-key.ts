import { useMutation } from '@tanstack/react-query'
import type { KeyId, OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'

/** Ends a key at once. */
export function useRevokeKey(orgId: OrgId) {
  return useMutation({
    mutationFn: (keyId: KeyId) => client.keys.revoke.mutate({ orgId, keyId }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.keys.pathKey() }),
    onError: (error) => notify({ title: readProblem(error).message, detail: readProblem(error).fix, tone: 'failed' }),
  })
}
