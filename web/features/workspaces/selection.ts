import { useSyncExternalStore } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'

let selected: readonly WorkspaceId[] = []
const listeners = new Set<() => void>()
const askers = new Set<(ids: readonly WorkspaceId[]) => void>()

/** What is selected on the graph, for commands and menus; the URL knows the single one. */
export function selectedNow(): readonly WorkspaceId[] {
  return selected
}

/** Told by the graph alone. */
export function tellSelected(next: readonly WorkspaceId[]): void {
  if (next.length === selected.length && next.every((id, index) => id === selected[index])) return
  selected = next
  for (const listener of listeners) listener()
}

/** Selects these cards and no others, e.g. those with which something could not be done. */
export function select(ids: readonly WorkspaceId[]): void {
  for (const asker of askers) asker(ids)
}

/** For the graph: hears what is to be selected. Returns the way to stop. */
export function onSelect(asker: (ids: readonly WorkspaceId[]) => void): () => void {
  askers.add(asker)
  return () => askers.delete(asker)
}

export function useSelected(): readonly WorkspaceId[] {
  return useSyncExternalStore(watchSelected, selectedNow)
}

/** Returns the way to stop. */
export function watchSelected(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
