import { queryOptions, useQuery } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { View } from '#shared/views/contract.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'

/** The person's own views of the org; nobody else changes them, but another window may. */
export function viewsQuery(orgId: OrgId) {
  return queryOptions({
    queryKey: trpc.views.list.queryKey({ orgId }),
    queryFn: (): Promise<View[]> => client.views.list.query({ orgId }),
  })
}

const none: readonly View[] = []

export function useViews(orgId: OrgId): readonly View[] {
  return useQuery(viewsQuery(orgId)).data ?? none
}

/** Shows a change at once; the answer is the state before, to go back to. */
export function changeViews(orgId: OrgId, change: (views: View[]) => View[]): View[] {
  const key = trpc.views.list.queryKey({ orgId })
  const before = queryClient.getQueryData(key) ?? []
  queryClient.setQueryData(key, change(before))
  return before
}

export function readViewsAgain(orgId: OrgId): void {
  void queryClient.invalidateQueries({ queryKey: trpc.views.list.queryKey({ orgId }) })
}
