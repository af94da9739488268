import type { WorkspaceId } from '#shared/kernel/ids.ts'

/** A file got another path. `stays`: its open text holds words that would be lost if its tab went along. */
export type Rename = { from: string; to: string; stays: boolean }
type Listener = (rename: Rename) => void

const listeners = new Map<WorkspaceId, Set<Listener>>()

/** Hears of each file of a workspace that gets another path, by whomever, until the function given back is called. */
export function listenForRenames(workspaceId: WorkspaceId, listener: Listener): () => void {
  const ofWorkspace = listeners.get(workspaceId) ?? new Set()
  listeners.set(workspaceId, ofWorkspace.add(listener))
  return () => ofWorkspace.delete(listener)
}

/** Whether the open files of a workspace are on the screen. */
export function isListening(workspaceId: WorkspaceId): boolean {
  return (listeners.get(workspaceId)?.size ?? 0) > 0
}

export function tellRenamed(workspaceId: WorkspaceId, rename: Rename): void {
  for (const listener of listeners.get(workspaceId) ?? []) listener(rename)
}
