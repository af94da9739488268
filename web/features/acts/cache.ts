import { queryOptions } from '@tanstack/react-query'
import type { ActName, UndoStanding } from '#shared/acts/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { OrgEvent } from '#shared/org-event.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'

/** One look for the many events of one act. */
const gatherMs = 150

let due: ReturnType<typeof setTimeout> | undefined

export function standingQuery(orgId: OrgId) {
  return queryOptions({
    queryKey: trpc.undo.standing.queryKey({ orgId }),
    queryFn: (): Promise<UndoStanding> => client.undo.standing.query({ orgId }),
  })
}

/** What the server would undo and redo now, as last heard. */
export function standingNow(orgId: OrgId): UndoStanding | undefined {
  return queryClient.getQueryData(standingQuery(orgId).queryKey)
}

/** Whether only a look can tell what comes next: nothing was heard yet, or something happened since. */
export function isStandingOld(orgId: OrgId): boolean {
  const state = queryClient.getQueryState(standingQuery(orgId).queryKey)
  return !state?.data || state.isInvalidated
}

/** Asks anew, and gives the act that was asked for, where it can be undone. */
export async function readStanding(orgId: OrgId, actId?: string): Promise<ActName | null> {
  const standing = await client.undo.standing.query({ orgId, actId })
  queryClient.setQueryData(standingQuery(orgId).queryKey, standing)
  return standing.asked
}

/** Hears every event: what a person did, also in another tab, may be theirs to take back. */
export function followActs({ actor }: OrgEvent): void {
  if (actor.kind !== 'person' || due !== undefined) return
  due = setTimeout(() => {
    due = undefined
    void queryClient.invalidateQueries({ queryKey: trpc.undo.pathKey() })
  }, gatherMs)
}
