import { useSyncExternalStore } from 'react'

let isAsked = false
const listeners = new Set<() => void>()

/** Opens or closes the dialog about snapshots, from the org's menu or the palette. */
export function askSnapshots(next: boolean): void {
  isAsked = next
  for (const listener of listeners) listener()
}

export function useAreSnapshotsAsked(): boolean {
  return useSyncExternalStore(subscribe, () => isAsked)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
