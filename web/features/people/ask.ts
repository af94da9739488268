import { useSyncExternalStore } from 'react'

let isAsked = false
const listeners = new Set<() => void>()

/** Opens the dialog for a new organisation, from wherever. */
export function askNewOrg(isOpen: boolean): void {
  isAsked = isOpen
  for (const listener of listeners) listener()
}

export function useIsNewOrgAsked(): boolean {
  return useSyncExternalStore(subscribe, () => isAsked)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
