import type { WorkspaceNode } from './project.ts'

/** The cards as they lie now, outside React: a drag moves them many times a second, and only what moved is drawn anew. */
export function createCardList(first: WorkspaceNode[]) {
  let cards = first
  const listeners = new Set<() => void>()

  function set(next: WorkspaceNode[]): void {
    cards = next
    for (const listener of listeners) listener()
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  return { set, subscribe, now: () => cards }
}

export type CardList = ReturnType<typeof createCardList>
