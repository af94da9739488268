import { useMutation, useQuery } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import { client, trpc } from '../../../kernel/trpc.ts'
import { followSandbox } from './follow-sandbox.ts'

export function useHosts(orgId: OrgId) {
  return useQuery(trpc.sandbox.hosts.queryOptions({ orgId }))
}

type Given = { orgId: OrgId; host: string }

export function useAllowHost() {
  return useMutation({ mutationFn: (given: Given) => client.sandbox.allowHost.mutate(given), onSettled: followSandbox })
}

export function useRemoveHost() {
  return useMutation({
    mutationFn: (given: Given) => client.sandbox.removeHost.mutate(given),
    onSettled: followSandbox,
  })
}
