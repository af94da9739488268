import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { MutableKind } from '#shared/notices/contract.ts'
import { noticeKindOf } from '#shared/notices/kind-of.ts'
import type { OrgEvent } from '#shared/org-event.ts'
import { gathered } from '../../kernel/gathered.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { tellSoon } from './tell-soon.ts'

/** What came late, after a lost connection, is in the list; it is no news any more. */
const freshMs = 60_000
const refreshSoon = gathered(300, () => void refreshNotices())
let shownOrg: OrgId | undefined

/** Tells at once what cannot wait. */
export function tellNotice(event: OrgEvent): void {
  const kind = noticeKindOf(event, '')
  const isFresh = Date.now() - Date.parse(event.at) < freshMs
  // A warning stops nothing: it waits at the bell.
  if (kind !== undefined && isFresh && event.type !== 'budget.warned' && !isMutedNow(kind)) tellSoon(kind)
}

/** Has the list and the count read again, a few times a second at most. */
export function followNotices(event: OrgEvent): void {
  if (noticeKindOf(event, '') !== undefined) refreshSoon()
}

export async function refreshNotices(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: trpc.notices.pathKey() })
}

/** How much is unread, and what is muted. Another browser of the same person may have read some: it is asked anew on return. */
export function stateQuery(orgId: OrgId) {
  shownOrg = orgId
  return queryOptions({
    queryKey: trpc.notices.state.queryKey({ orgId }),
    queryFn: () => client.notices.state.query({ orgId }),
    refetchOnWindowFocus: 'always',
  })
}

/** The org that is shown, once its notices were. */
export function orgNow(): OrgId | undefined {
  return shownOrg
}

export function isMutedNow(kind: MutableKind): boolean {
  if (shownOrg === undefined) return false
  return queryClient.getQueryData(stateQuery(shownOrg).queryKey)?.muted.includes(kind) ?? false
}

/** What concerns the person, newest first, page by page. */
export function listQuery(orgId: OrgId) {
  const first: number | undefined = undefined
  return infiniteQueryOptions({
    queryKey: [...trpc.notices.list.queryKey({ orgId }), 'pages'],
    queryFn: ({ pageParam }: { pageParam: number | undefined }) =>
      client.notices.list.query({ orgId, before: pageParam }),
    initialPageParam: first,
    getNextPageParam: ({ next }) => next ?? undefined,
    staleTime: 0,
  })
}
