import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { isWorkspaceId } from '../../kernel/ids.ts'
import { trpc } from '../../kernel/trpc.ts'
import type { AuditSearch } from './filter.ts'
import { sliceOf } from './slice.ts'

const sealingMs = 1_500

/** The slice of the log the address asks for, newest first, read again as events come. */
export function useAuditLog(orgId: OrgId, search: AuditSearch) {
  // Where a span begins is settled when it is chosen: what is asked stays the same while events come.
  const { workspaceId, ...slice } = useMemo(() => sliceOf(search, Date.now()), [search])
  const asked = {
    ...{ orgId, ...slice },
    ...(workspaceId !== undefined && isWorkspaceId(workspaceId) && { workspaceId }),
  }
  const log = useInfiniteQuery({
    ...trpc.audit.search.infiniteQueryOptions(asked, {
      getNextPageParam: (page) => page.next ?? undefined,
      initialCursor: undefined,
    }),
    staleTime: 0,
    placeholderData: keepPreviousData,
    // Sealing is no event: it is looked for while something shown waits for it.
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.entries.some((entry) => entry.hash === null)) ? sealingMs : false,
  })
  const names: Record<string, string> = Object.assign({}, ...(log.data?.pages.map((page) => page.names) ?? []))
  return {
    log,
    entries: log.data?.pages.flatMap((page) => page.entries) ?? [],
    names,
    slice: { workspaceId, ...slice },
  }
}

export function useAuditActors(orgId: OrgId) {
  return useQuery({ ...trpc.audit.actors.queryOptions({ orgId }), staleTime: 30_000 }).data ?? []
}
