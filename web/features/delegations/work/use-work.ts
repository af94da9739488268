import { useInfiniteQuery } from '@tanstack/react-query'
import type { DelegationView } from '#shared/delegations/contract.ts'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { client, trpc } from '../../../kernel/trpc.ts'

const pageSize = 50

/** The work of one workspace, newest first, further back page by page. */
export function useWork(orgId: OrgId, workspaceId: WorkspaceId) {
  return useInfiniteQuery({
    // Below the path of the list, so that what follows events reads it again too.
    queryKey: [...trpc.delegations.list.pathKey(), { pagesOf: workspaceId, orgId }],
    queryFn: ({ pageParam }) =>
      client.delegations.list.query({
        orgId,
        workspaceId,
        limit: pageSize,
        ...(pageParam === null ? {} : { before: pageParam }),
      }),
    initialPageParam: firstPage,
    getNextPageParam: (page) => (page.length < pageSize ? undefined : justAfter(page.at(-1))),
    select: ({ pages }) => [...new Map(pages.flat().map((one) => [one.id, one])).values()],
    staleTime: 0,
  })
}

const firstPage: string | null = null

/** Those made in the same millisecond as the last one come once more rather than never; they are shown once. */
function justAfter(last: DelegationView | undefined): string | undefined {
  return last && new Date(Date.parse(last.createdAt) + 1).toISOString()
}
