import { useMutation, useQuery } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'

export function useSecrets(orgId: OrgId) {
  return useQuery({ ...trpc.secrets.list.queryOptions({ orgId }), staleTime: 0 })
}

/** Values pass through and are kept nowhere: the mutation forgets them as soon as it is done. */
export function useSetSecret() {
  return useMutation(trpc.secrets.set.mutationOptions({ gcTime: 0, onSuccess: readAgain }))
}

export function useSetSecrets() {
  return useMutation(trpc.secrets.setMany.mutationOptions({ gcTime: 0, onSuccess: readAgain }))
}

export function useRemoveSecret() {
  return useMutation(trpc.secrets.remove.mutationOptions({ onSuccess: readAgain }))
}

export function useRestoreSecret() {
  return useMutation(trpc.secrets.restore.mutationOptions({ onSuccess: readAgain }))
}

export function useTestKey() {
  return useMutation(trpc.secrets.test.mutationOptions({ gcTime: 0 }))
}

/** What went wrong and how to mend it, in one line for a field. */
export function problemWords(error: unknown): string | undefined {
  if (!error) return undefined
  const { message, fix } = readProblem(error)
  return fix === undefined ? message : `${message} ${fix}`
}

function readAgain(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: trpc.secrets.pathKey() })
}
