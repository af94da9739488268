import { getRouteApi } from '@tanstack/react-router'
import type { DelegationId, OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { isDelegationId, isOrgId, isWorkspaceId } from '../kernel/ids.ts'
import type { DockTab, PlaceSearch } from './search-params.ts'

const route = getRouteApi('/o/$orgId')

/** Where the person is, read from the address, and the ways to go on from there. */
export function usePlace() {
  const { orgId } = route.useParams()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const go = (change: PlaceSearch) =>
    void navigate({ search: (before) => clean({ ...before, ...change }), replace: true })
  return {
    orgId: orgIdOf(orgId),
    workspaceId: search.w !== undefined && isWorkspaceId(search.w) ? search.w : null,
    tab: search.tab,
    dock: search.dock ?? 'prompt',
    delegationId: delegationIdOf(search.d),
    runId: search.run,
    forgetRun: () => go({ run: undefined }),
    select: (id: WorkspaceId | null) => go({ w: id ?? undefined, d: undefined }),
    showTab: (tab: string) => go({ tab }),
    showDock: (dock: DockTab) => go({ dock }),
    showDelegation: (id: string | null) => go({ d: id ?? undefined }),
    openTab: (id: WorkspaceId, tab: string) => go({ w: id, tab, d: undefined }),
    open: (id: WorkspaceId, dock: DockTab) => go({ w: id, dock }),
    openWork: (id: WorkspaceId, delegationId: string) => go({ w: id, tab: 'work', d: delegationId }),
    showWork: (delegationId: string) => go({ tab: 'work', d: delegationId }),
  }
}

export type Place = ReturnType<typeof usePlace>

function orgIdOf(text: string): OrgId {
  // The route lets only ids through; see its `beforeLoad`.
  if (isOrgId(text)) return text
  throw new Error('The address holds no id of an org.')
}

function delegationIdOf(text: string | undefined): DelegationId | null {
  return text !== undefined && isDelegationId(text) ? text : null
}

function clean(search: PlaceSearch): PlaceSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}
