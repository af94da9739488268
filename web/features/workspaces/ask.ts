import { useSyncExternalStore } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Position } from '#shared/workspaces/contract.ts'

/** A dialog about workspaces that someone asked for, from the graph, the palette or a menu. */
export type WorkspaceQuestion =
  | { kind: 'create'; parentId: WorkspaceId | null; position?: Position }
  | { kind: 'rename'; workspaceId: WorkspaceId }
  | { kind: 'delete'; workspaceIds: readonly WorkspaceId[] }

let question: WorkspaceQuestion | undefined
const listeners = new Set<() => void>()

export function askWorkspace(next: WorkspaceQuestion | undefined): void {
  question = next
  for (const listener of listeners) listener()
}

export function useWorkspaceQuestion(): WorkspaceQuestion | undefined {
  return useSyncExternalStore(subscribe, () => question)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
