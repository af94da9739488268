import { useSyncExternalStore } from 'react'
import type { Mapping } from './overlay/overlay.ts'

/** How the minimap shows the org now; only the minimap is drawn again when that changes. */
export type MappingStore = ReturnType<typeof createMappingStore>

export function createMappingStore() {
  let mapping: Mapping | undefined
  const listeners = new Set<() => void>()

  function set({ scale, originX, originY }: Mapping): void {
    if (mapping?.scale === scale && mapping.originX === originX && mapping.originY === originY) return
    mapping = { scale, originX, originY }
    for (const listener of listeners) listener()
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  return { set, subscribe, now: () => mapping }
}

export function useMapping(store: MappingStore): Mapping | undefined {
  return useSyncExternalStore(store.subscribe, store.now)
}
