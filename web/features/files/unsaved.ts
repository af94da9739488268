import { useSyncExternalStore } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'

const unsaved = new Set<string>()
const listeners = new Set<() => void>()

/** Remembers in this page which texts are typed and not saved, for the marks on tabs. */
export function markUnsaved(workspaceId: WorkspaceId, path: string, isNow: boolean): void {
  const key = `${workspaceId}/${path}`
  if (unsaved.has(key) === isNow) return
  if (isNow) unsaved.add(key)
  else unsaved.delete(key)
  for (const listener of listeners) listener()
}

export function isUnsaved(workspaceId: WorkspaceId, path: string): boolean {
  return unsaved.has(`${workspaceId}/${path}`)
}

export function useIsUnsaved(workspaceId: WorkspaceId | null, path: string): boolean {
  return useSyncExternalStore(subscribe, () => unsaved.has(`${workspaceId}/${path}`))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
