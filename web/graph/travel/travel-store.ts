import { useSyncExternalStore } from 'react'
import type { Stretch } from './journeys.ts'

/** Where on the graph something is shown: pixels from its upper left corner. */
export type Spot = { x: number; y: number }

/** `isOpen`: asked for, and stays until it is closed; else it only follows the pointer. */
export type Travelling = { stretch: Stretch; spot: Spot; isOpen: boolean }

let travelling: Travelling | undefined
const listeners = new Set<() => void>()

/** What is shown of the work on an edge. Outside React, for the pointer moves faster than a canvas is rendered. */
export const travelStore = {
  now: () => travelling,
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  show(next: Travelling | undefined): void {
    if (next === travelling) return
    travelling = next
    for (const listener of listeners) listener()
  },
}

export function useTravelling(): Travelling | undefined {
  return useSyncExternalStore(travelStore.subscribe, travelStore.now)
}
