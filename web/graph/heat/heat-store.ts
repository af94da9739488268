import { useSyncExternalStore } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { liveStore } from '../../features/delegations/index.ts'
import { graphView } from '../graph-view.ts'
import { teamStore } from '../teams/team-store.ts'
import { type HeatScale, isMeasuring, type Measured, measure, topFor } from './heat.ts'

/** A scale that changed more often would be read by nobody. */
const pauseMs = 500

let scale: HeatScale = { kind: 'none', top: 0 }
let cards: readonly WorkspaceId[] = []
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

/** The overlay on the graph and how far its scale goes: to the largest value among the cards, rounded up. */
export const heatStore = {
  now: () => scale,
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  /** The cards there are; follows their values until the answer is called. */
  follow(ids: readonly WorkspaceId[]): () => void {
    cards = ids
    look()
    const stopView = graphView.subscribe(look)
    const stopLive = liveStore.onFrame(() => {
      if (isMeasuring(graphView.now().heat)) timer ??= setTimeout(look, pauseMs)
    })
    return () => {
      stopView()
      stopLive()
      clearTimeout(timer)
      timer = undefined
    }
  },
}

export function useHeat(): HeatScale {
  return useSyncExternalStore(heatStore.subscribe, heatStore.now)
}

/** What an overlay measures of a card. */
export function measuredAt(id: WorkspaceId): Measured {
  return teamStore.summaryOf(id) ?? liveStore.activity(id)
}

function look(): void {
  clearTimeout(timer)
  timer = undefined
  const kind = graphView.now().heat
  const top = isMeasuring(kind)
    ? topFor(
        kind,
        cards.reduce((largest, id) => Math.max(largest, measure(kind, measuredAt(id))), 0),
      )
    : 0
  if (kind === scale.kind && top === scale.top) return
  scale = { kind, top }
  for (const listener of listeners) listener()
}
