import { useSyncExternalStore } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'

let asked: readonly WorkspaceId[] = []
const listeners = new Set<() => void>()

/** Asks whether the work of these workspaces is to be stopped; none asks nothing. */
export function askStopWork(workspaceIds: readonly WorkspaceId[]): void {
  asked = workspaceIds
  for (const listener of listeners) listener()
}

export function useStopWorkQuestion(): readonly WorkspaceId[] {
  return useSyncExternalStore(subscribe, () => asked)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
