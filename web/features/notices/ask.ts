import { useSyncExternalStore } from 'react'

let isOpen = false
const listeners = new Set<() => void>()

/** Opens or closes the panel of the bell. */
export function askNotices(next: boolean): void {
  isOpen = next
  for (const listener of listeners) listener()
}

/** Who has the list before them is not called to it. */
export function isNoticesOpen(): boolean {
  return isOpen
}

export function useNoticesOpen(): boolean {
  return useSyncExternalStore(subscribe, () => isOpen)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
