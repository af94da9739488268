import { useSyncExternalStore } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'

/** Asks for the keys that are missing: of one workspace, or of all, before real models play them. */
export type KeysQuestion = { kind: 'workspace'; workspaceId: WorkspaceId } | { kind: 'go-live' }

let question: KeysQuestion | undefined
const listeners = new Set<() => void>()

export function askKeys(next: KeysQuestion | undefined): void {
  question = next
  for (const listener of listeners) listener()
}

export function useKeysQuestion(): KeysQuestion | undefined {
  return useSyncExternalStore(subscribe, () => question)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
