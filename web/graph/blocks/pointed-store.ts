import { useSyncExternalStore } from 'react'
import type { Spot } from '../travel/travel-store.ts'

export type Pointed = { readonly id: string; readonly name: string; readonly role: string; readonly spot: Spot }

let pointed: Pointed | undefined
const listeners = new Set<() => void>()

/** The block under the pointer. Outside React, for the pointer moves faster than a canvas is rendered. */
export const pointedStore = {
  now: () => pointed,
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  show(next: Pointed | undefined): void {
    if (next === pointed) return
    pointed = next
    for (const listener of listeners) listener()
  },
}

export function usePointed(): Pointed | undefined {
  return useSyncExternalStore(pointedStore.subscribe, pointedStore.now)
}
