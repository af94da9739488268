import { useMutation } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { RemoveAlias, SetAlias, TestModel } from '#shared/models/contract.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'

const readAgain = () => queryClient.invalidateQueries({ queryKey: trpc.models.pathKey() })

/** A tiny real call; it costs what it says. */
export function useTestModel() {
  return useMutation({ mutationFn: (given: TestModel) => client.models.test.mutate(given) })
}

export function useSetAlias() {
  return useMutation({ mutationFn: (given: SetAlias) => client.models.setAlias.mutate(given), onSuccess: readAgain })
}

export function useRemoveAlias() {
  return useMutation({
    mutationFn: (given: RemoveAlias) => client.models.removeAlias.mutate(given),
    onSuccess: readAgain,
  })
}

type Key = { orgId: OrgId; name: string; value: string }

/** For the whole organisation. */
export function useGiveKey() {
  return useMutation({
    mutationFn: ({ orgId, name, value }: Key) => client.secrets.set.mutate({ orgId, workspaceId: null, name, value }),
    onSuccess: readAgain,
    gcTime: 0,
  })
}
