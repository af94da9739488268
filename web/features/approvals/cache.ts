import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { ApprovalId, DelegationId, OrgId } from '#shared/kernel/ids.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'

/** What waits for an answer in the whole organisation, oldest first, and how much that is in all. */
export function pendingQuery(orgId: OrgId) {
  return listQuery({ orgId, which: 'pending' })
}

/** What this delegation asks now. */
export function askedQuery(orgId: OrgId, delegationId: DelegationId) {
  return listQuery({ orgId, which: 'pending', delegationId })
}

function listQuery(page: { orgId: OrgId; which: 'pending'; delegationId?: DelegationId }) {
  return queryOptions({
    queryKey: trpc.approvals.list.queryKey(page),
    queryFn: () => client.approvals.list.query(page),
    staleTime: 0,
  })
}

/** What was answered, newest first, page by page. */
export function decidedQuery(orgId: OrgId) {
  const limit = 30
  const first: string | undefined = undefined
  return infiniteQueryOptions({
    queryKey: [...trpc.approvals.pathKey(), 'decided', orgId],
    queryFn: ({ pageParam }: { pageParam: string | undefined }) =>
      client.approvals.list.query({ orgId, which: 'decided', before: pageParam, limit }),
    initialPageParam: first,
    getNextPageParam: ({ approvals }) =>
      approvals.length < limit ? undefined : (approvals.at(-1)?.decidedAt ?? undefined),
    staleTime: 0,
  })
}

/** An answered question leaves the list at once; the log's event has the rest read again. */
export function dropPending(orgId: OrgId, id: ApprovalId): void {
  queryClient.setQueryData(pendingQuery(orgId).queryKey, (known) => {
    if (!known?.approvals.some((approval) => approval.id === id)) return known
    return { approvals: known.approvals.filter((approval) => approval.id !== id), pending: known.pending - 1 }
  })
}
