import { useSyncExternalStore } from 'react'

/** What became of an organisation that was on the screen. */
export type Gone = { orgId: string; name: string; how: 'removed' | 'deleted' }

let gone: Gone | undefined
const listeners = new Set<() => void>()

export function tellGone(next: Gone): void {
  gone = next
  for (const listener of listeners) listener()
}

/** Set when the person lost this organisation while they looked at it. */
export function useGone(orgId: string): Gone | undefined {
  const now = useSyncExternalStore(subscribe, () => gone)
  return now?.orgId === orgId ? now : undefined
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
