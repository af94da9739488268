import { useSyncExternalStore } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'

let selected: readonly WorkspaceId[] = []
const listeners = new Set<() => void>()

/** What is selected on the graph, for commands and menus; the URL knows the single one. */
export function selectedNow(): readonly WorkspaceId[] {
  return selected
}

export function setSelected(next: readonly WorkspaceId[]): void {
  if (next.length === selected.length && next.every((id, index) => id === selected[index])) return
  selected = next
  for (const listener of listeners) listener()
}

export function useSelected(): readonly WorkspaceId[] {
  return useSyncExternalStore(subscribe, selectedNow)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
