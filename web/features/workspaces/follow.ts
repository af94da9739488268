import type { OrgId } from '#shared/kernel/ids.ts'
import type { OrgEvent } from '#shared/org-event.ts'
import type { WorkspaceList } from '#shared/workspaces/contract.ts'
import { client, queryClient } from '../../kernel/trpc.ts'
import { applyWorkspaceEvent, type Placement, place } from './apply-event.ts'
import { workspacesQuery } from './cache.ts'

/** Events that came while the list was being read again are told to the fresh list once more. */
const keepEvents = 500
const gatherMs = 30

const recent = new Map<OrgId, OrgEvent[]>()
const refreshes = new Map<OrgId, { isRunning: boolean; isDue: boolean }>()

/** Hears every event of the org and keeps the list true. */
export function followWorkspaces(event: OrgEvent): void {
  const { orgId } = event
  const events = recent.get(orgId) ?? []
  events.push(event)
  if (events.length > keepEvents) events.splice(0, keepEvents / 2)
  recent.set(orgId, events)
  if (tell(orgId, event)) void refresh(orgId)
}

/** Shows at once what the server will say in a moment. */
export function placeNow(orgId: OrgId, placements: readonly Placement[]): void {
  queryClient.setQueryData<WorkspaceList>(workspacesQuery(orgId).queryKey, (list) => list && place(list, placements))
}

/** Reads the list anew, where what was shown at once did not come to be. */
export function readChartAgain(orgId: OrgId): Promise<void> {
  return refresh(orgId)
}

/** Another moment of the org is shown: what was being read of the present is not written over it. */
export function dropRefresh(orgId: OrgId): void {
  refreshes.delete(orgId)
}

/** True when the list must be read again. */
function tell(orgId: OrgId, event: OrgEvent): boolean {
  const { queryKey } = workspacesQuery(orgId)
  const list = queryClient.getQueryData<WorkspaceList>(queryKey)
  if (!list) return false
  const followed = applyWorkspaceEvent(list, event)
  if (followed.list !== list) queryClient.setQueryData<WorkspaceList>(queryKey, followed.list)
  return followed.isIncomplete
}

/** Reads the list again, once for many events. */
async function refresh(orgId: OrgId): Promise<void> {
  const known = refreshes.get(orgId)
  if (known?.isRunning) {
    known.isDue = true
    return
  }
  const turn = { isRunning: true, isDue: false }
  refreshes.set(orgId, turn)
  await new Promise((resolve) => setTimeout(resolve, gatherMs))
  try {
    const list = await client.workspaces.list.query({ orgId })
    if (refreshes.get(orgId) !== turn) return
    queryClient.setQueryData<WorkspaceList>(workspacesQuery(orgId).queryKey, (shown) => keepSame(list, shown))
    for (const event of recent.get(orgId) ?? []) tell(orgId, event)
  } catch {
    if (refreshes.get(orgId) !== turn) return
    await queryClient.invalidateQueries(workspacesQuery(orgId))
    // Its answer may be older than what was heard while it came.
    if (refreshes.get(orgId) === turn) for (const event of recent.get(orgId) ?? []) tell(orgId, event)
  }
  turn.isRunning = false
  if (refreshes.get(orgId) === turn && turn.isDue) await refresh(orgId)
}

/** A workspace that reads the same stays the same object, so that its card is not drawn again. */
function keepSame(list: WorkspaceList, shown: WorkspaceList | undefined): WorkspaceList {
  const before = new Map(shown?.workspaces.map((workspace) => [workspace.id, workspace]))
  const workspaces = list.workspaces.map((workspace) => {
    const known = before.get(workspace.id)
    return known && JSON.stringify(known) === JSON.stringify(workspace) ? known : workspace
  })
  return { ...list, workspaces }
}
