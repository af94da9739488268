import { useInfiniteQuery } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { ListRuns, RunSummary } from '#shared/runs/contract.ts'
import { client, trpc } from '#web/kernel/trpc.ts'

const pageSize = 30

/** Runs of before, page by page, the newest first. */
export function useRuns(orgId: OrgId, of: ListRuns['of']) {
  return useInfiniteQuery({
    // Below the path of the list, so that what follows runs reads it again too.
    queryKey: [...trpc.runs.list.pathKey(), { pagesOf: of, orgId }],
    queryFn: ({ pageParam }) =>
      client.runs.list.query({ orgId, of, limit: pageSize, ...(pageParam === null ? {} : { before: pageParam }) }),
    initialPageParam: firstPage,
    getNextPageParam: (page) => (page.length < pageSize ? undefined : justAfter(page.at(-1))),
    select: ({ pages }) => [...new Map(pages.flat().map((run) => [JSON.stringify(run.ref), run])).entries()],
    // Agents run without telling this page.
    staleTime: 0,
  })
}

const firstPage: string | null = null

/** Those made in the same millisecond as the last one come once more rather than never; they are shown once. */
function justAfter(last: RunSummary | undefined): string | undefined {
  return last && new Date(Date.parse(last.at) + 1).toISOString()
}
