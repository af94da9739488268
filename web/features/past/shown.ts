import { useSyncExternalStore } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { OrgEvent } from '#shared/org-event.ts'
import type { PastRange } from '#shared/past/contract.ts'
import { queryClient } from '../../kernel/trpc.ts'
import { workspacesQuery } from '../workspaces/index.ts'

export type Speed = 1 | 4 | 16 | 60

/** Which moment of the org the screen shows. `returning`: the present is being read, and what comes meanwhile is kept. */
export type Shown =
  | { phase: 'live' }
  | { phase: 'returning' }
  | {
      phase: 'past'
      range: PastRange
      seq: number
      at: string | null
      isPlaying: boolean
      speed: Speed
      skipped: number
    }

const live: Shown = { phase: 'live' }
const listeners = new Set<() => void>()
const kept: OrgEvent[] = []

/** Read it anew after each wait: others change it. */
export let shown: Shown = live

/** Counts the orgs opened: what was asked for in one is not shown in the next. Read it anew after each wait. */
export let visit = 0

export function useShown(): Shown {
  return useSyncExternalStore(onShown, () => shown)
}

export function useIsPast(): boolean {
  return useSyncExternalStore(onShown, () => shown.phase !== 'live')
}

export function isPastNow(): boolean {
  return shown.phase !== 'live'
}

/** The time the screen is about, given what the clock says. */
export function shownTime(now: number): number {
  return shown.phase === 'past' && shown.at ? Date.parse(shown.at) : now
}

/** May this event change what is on the screen? In the past it may not; the present is read again on the way back. */
export function isShownNow(event: OrgEvent): boolean {
  if (shown.phase === 'returning') kept.push(event)
  return shown.phase === 'live'
}

/** The events that came while the present was read. */
export function takeKept(): OrgEvent[] {
  return kept.splice(0)
}

/** The org is left: the next one begins in its present, whatever was still on its way to this one. */
export function forgetPast(orgId: OrgId): void {
  visit++
  takeKept()
  // Whoever comes back reads the chart anew: the one that was shown is of the past.
  if (shown.phase !== 'live') queryClient.removeQueries({ queryKey: workspacesQuery(orgId).queryKey })
  become(live)
}

export function become(next: Shown): void {
  shown = next
  for (const listener of listeners) listener()
}

export function onShown(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
