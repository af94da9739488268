import { queryOptions } from '@tanstack/react-query'
import type { ActName, UndoStanding } from '#shared/acts/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { OrgEvent } from '#shared/org-event.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'

/** What was refused because its ground has changed: it is not offered again, or nothing older would ever be. */
const passed = new Map<OrgId, ActName['id'][]>()
const mostPassed = 100

/** The next undo, or redo, is of another act. A new act begins anew: its doer may have mended what was in the way. */
export function passOver(orgId: OrgId, actId: ActName['id']): void {
  passed.set(orgId, [...(passed.get(orgId) ?? []), actId].slice(-mostPassed))
}

/** It was taken back, or done again, after all. */
export function passNoMore(orgId: OrgId, actId: ActName['id']): void {
  const others = passed.get(orgId)?.filter((id) => id !== actId)
  if (others) passed.set(orgId, others)
}

export function passOverNothing(orgId: OrgId): void {
  passed.delete(orgId)
}

/** One look for the many events of one act. */
const gatherMs = 150

let due: ReturnType<typeof setTimeout> | undefined

export function standingQuery(orgId: OrgId) {
  return queryOptions({
    queryKey: trpc.undo.standing.queryKey({ orgId }),
    queryFn: (): Promise<UndoStanding> => client.undo.standing.query({ orgId, passed: passed.get(orgId) }),
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
  const standing = await client.undo.standing.query({ orgId, actId, passed: passed.get(orgId) })
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
