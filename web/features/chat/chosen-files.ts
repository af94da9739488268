import { useCallback, useSyncExternalStore } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'

export type Given = { key: string; name: string; bytes: number }
/** The server has it. */
export type KeptFile = Given & { phase: 'kept'; id: string; missing: string | null; isMasked: boolean }
export type FileState = (Given & { phase: 'sending' }) | KeptFile | (Given & { phase: 'refused'; reason: string })

const none: readonly FileState[] = []

// By workspace and outside the screen: who looks at something else meanwhile finds them again.
const chosen = new Map<WorkspaceId, readonly FileState[]>()
const listeners = new Set<() => void>()

/** The files that will go with the next words to a workspace. */
export function chosenFiles(workspaceId: WorkspaceId): readonly FileState[] {
  return chosen.get(workspaceId) ?? none
}

export function useChosenFiles(workspaceId: WorkspaceId): readonly FileState[] {
  return useSyncExternalStore(
    subscribe,
    useCallback(() => chosenFiles(workspaceId), [workspaceId]),
  )
}

export function addFiles(workspaceId: WorkspaceId, files: readonly FileState[]): void {
  put(workspaceId, [...chosenFiles(workspaceId), ...files])
}

/** Says how it stands with a file; one that was removed meanwhile stays removed. */
export function changeFile(workspaceId: WorkspaceId, next: FileState): void {
  put(
    workspaceId,
    chosenFiles(workspaceId).map((one) => (one.key === next.key ? next : one)),
  )
}

export function removeFile(workspaceId: WorkspaceId, { key }: FileState): void {
  put(
    workspaceId,
    chosenFiles(workspaceId).filter((one) => one.key !== key),
  )
}

/** Forgets the files that went, and none that was chosen since. */
export function forgetSentFiles(workspaceId: WorkspaceId, ids: readonly string[]): void {
  put(
    workspaceId,
    chosenFiles(workspaceId).filter((one) => one.phase !== 'kept' || !ids.includes(one.id)),
  )
}

function put(workspaceId: WorkspaceId, files: readonly FileState[]): void {
  if (files.length === 0) chosen.delete(workspaceId)
  else chosen.set(workspaceId, files)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
