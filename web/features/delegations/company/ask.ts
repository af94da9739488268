import { useSyncExternalStore } from 'react'

let isAsked = false
const listeners = new Set<() => void>()

/** Opens or closes "Stop the company", from the org's menu or the palette. */
export function askToStop(next: boolean): void {
  isAsked = next
  for (const listener of listeners) listener()
}

export function useIsStopAsked(): boolean {
  return useSyncExternalStore(subscribe, () => isAsked)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
