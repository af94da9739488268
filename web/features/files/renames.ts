import type { WorkspaceId } from '#shared/kernel/ids.ts'

type Listener = (from: string, to: string) => void

const listeners = new Map<WorkspaceId, Set<Listener>>()

/** Hears of each file of a workspace that gets another path, by whomever, until the function given back is called. */
export function listenForRenames(workspaceId: WorkspaceId, listener: Listener): () => void {
  const ofWorkspace = listeners.get(workspaceId) ?? new Set()
  listeners.set(workspaceId, ofWorkspace.add(listener))
  return () => ofWorkspace.delete(listener)
}

export function tellRenamed(workspaceId: WorkspaceId, from: string, to: string): void {
  for (const listener of listeners.get(workspaceId) ?? []) listener(from, to)
}
