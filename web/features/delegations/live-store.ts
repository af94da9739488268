import { useCallback, useSyncExternalStore } from 'react'
import type { ActiveDelegations } from '#shared/delegations/contract.ts'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgEvent } from '#shared/org-event.ts'
import { forEachBetweenKeys, onNextFrame } from '../../kernel/next-frame.ts'
import {
  type Activity,
  activityOf,
  type EdgeActivity,
  edgeActivityOf,
  exchangeShare,
  idle,
  newsMs,
  noTotals,
  shareOf,
  type Totals,
} from './activity.ts'
import { applyEvent } from './apply-event.ts'
import { type EdgeWork, emptyLiveState, fromSnapshot, type LiveDelegation, type Pulse } from './live-state.ts'

/** What one flush changed, for those that draw. `isFresh`: all that was drawn before is void. */
export type LiveChange = {
  isFresh: boolean
  workspaces: readonly (readonly [WorkspaceId, Activity])[]
  edges: readonly (readonly [string, EdgeActivity | undefined])[]
  pulses: readonly Pulse[]
}

type FrameListener = (change: LiveChange) => void

/**
 * What happens in the org now, outside React: events are applied as they come and told once per animation frame, and a
 * card hears only of its own workspace.
 */
export function createLiveStore(nextFrame: (flush: () => void) => void = onNextFrame, clock: () => number = Date.now) {
  let state = emptyLiveState()
  let told = state.orgId
  let isFlushDue = false
  let isFresh = false
  let newsTimer: ReturnType<typeof setTimeout> | undefined
  let totals = noTotals
  let counted = noTotals
  const shares = new Map<WorkspaceId, Totals>()
  const activities = new Map<WorkspaceId, Activity>()
  const cards = new Map<WorkspaceId, Set<() => void>>()
  const totalsListeners = new Set<() => void>()
  const frameListeners = new Set<FrameListener>()

  function load(orgId: OrgId, snapshot: ActiveDelegations): void {
    const before = [...activities.keys()]
    state = fromSnapshot(orgId, snapshot, clock())
    for (const workspaceId of [...before, ...state.workspaces.keys()]) state.changed.workspaces.add(workspaceId)
    for (const key of state.edges.keys()) state.changed.edges.add(key)
    isFresh = true
    requestFlush()
  }

  function apply(event: OrgEvent): void {
    if (applyEvent(state, event)) requestFlush()
  }

  function requestFlush(): void {
    if (isFlushDue) return
    isFlushDue = true
    nextFrame(flush)
  }

  function flush(): void {
    isFlushDue = false
    const { workspaces, edges, pulses } = state.changed
    state.changed = { workspaces: new Set(), edges: new Set(), pulses: [] }
    if (workspaces.size + edges.size + pulses.length === 0 && !isFresh) return
    const now = clock()
    const changedWorkspaces = [...workspaces].map((id) => [id, remember(id, now)] as const)
    const changedEdges = [...edges].map((key) => [key, edgeActivityOf(state.edges.get(key), now)] as const)
    told = state.orgId
    const change = { isFresh, workspaces: changedWorkspaces, edges: changedEdges, pulses }
    isFresh = false
    forEachBetweenKeys([...workspaces], (id) => {
      for (const listener of cards.get(id) ?? []) listener()
    })
    for (const listener of frameListeners) listener(change)
    retotal()
    waitForNews()
  }

  function waitForNews(): void {
    if (newsTimer === undefined) newsTimer = setTimeout(forgetNews, newsMs / 4)
  }

  function remember(id: WorkspaceId, now: number): Activity {
    const work = state.workspaces.get(id)
    const activity = activityOf(work, now)
    activities.set(id, activity)
    // Summed by what changes: to count all work of a large org each frame costs more than all else here.
    const share = shareOf(work)
    counted = exchangeShare(counted, shares.get(id) ?? noTotals, share)
    shares.set(id, share)
    return activity
  }

  function retotal(): void {
    const next = counted
    const isSame =
      next.running === totals.running &&
      next.queued === totals.queued &&
      next.waitingForYou === totals.waitingForYou &&
      next.lost === totals.lost &&
      next.spendToday === totals.spendToday
    if (isSame) return
    totals = next
    for (const listener of totalsListeners) listener()
  }

  /** A card that said "Completed" becomes idle again once that is old. */
  function forgetNews(): void {
    newsTimer = undefined
    const now = clock()
    for (const [id, activity] of activities) {
      if (activity.activity !== 'completed' && activity.activity !== 'cancelled') continue
      if (now - (activity.since ?? 0) >= newsMs) state.changed.workspaces.add(id)
      waitForNews()
    }
    for (const [key, edge] of state.edges) {
      if (edge.lastEnded?.state !== 'completed' || now - edge.lastEnded.at < newsMs) continue
      edge.lastEnded = undefined
      state.changed.edges.add(key)
    }
    requestFlush()
  }

  function subscribeCard(id: WorkspaceId, listener: () => void): () => void {
    const listeners = cards.get(id) ?? new Set()
    cards.set(id, listeners)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && cards.get(id) === listeners) cards.delete(id)
    }
  }

  /** Hears each flush; is first told all there is. */
  function onFrame(listener: FrameListener): () => void {
    const now = clock()
    listener({
      isFresh: true,
      workspaces: [...activities],
      edges: [...state.edges].map(([key, edge]) => [key, edgeActivityOf(edge, now)] as const),
      pulses: [],
    })
    frameListeners.add(listener)
    return () => frameListeners.delete(listener)
  }

  function onTotals(listener: () => void): () => void {
    totalsListeners.add(listener)
    return () => totalsListeners.delete(listener)
  }

  return {
    load,
    apply,
    flush,
    subscribeCard,
    onFrame,
    onTotals,
    activity: (id: WorkspaceId) => activities.get(id) ?? idle,
    /** Work that goes on, as it stands now: to be read at once, not kept. */
    alive: (): Iterable<LiveDelegation> => state.delegations.values(),
    /** Edges that work travels on, or travelled on. */
    edges: (): Iterable<EdgeWork> => state.edges.values(),
    totals: () => totals,
    /** How many delegations have not ended. */
    aliveCount: () => state.delegations.size,
    /** The org whose totals and activities were told last. */
    toldOf: () => told,
    /** The event the state is true at, and whose it is. */
    position: () => ({ orgId: state.orgId, seq: state.seq }),
  }
}

/** The one of this page. */
export const liveStore = createLiveStore()

export function useActivity(workspaceId: WorkspaceId): Activity {
  const subscribe = useCallback((listener: () => void) => liveStore.subscribeCard(workspaceId, listener), [workspaceId])
  return useSyncExternalStore(subscribe, () => liveStore.activity(workspaceId))
}

/** How many delegations of the org have not ended, of any state. */
export function useAlive(): number {
  return useSyncExternalStore(liveStore.onFrame, liveStore.aliveCount)
}

/** For the status bar: running, queued, waiting for you, spent today. */
export function useTotals(): Totals {
  return useSyncExternalStore(liveStore.onTotals, liveStore.totals)
}

/** Whether what the store tells is of this org already: just after another was opened it is still of the one before. */
export function useIsToldOf(orgId: OrgId): boolean {
  return useSyncExternalStore(liveStore.onFrame, () => liveStore.toldOf() === orgId)
}
