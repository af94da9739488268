import { useSyncExternalStore } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'

/** `key` is new for each opening: the dialog begins anew. */
export type DelegationQuestion = { workspaceId: WorkspaceId | null; task: string; key: string }

let question: DelegationQuestion | undefined
const listeners = new Set<() => void>()

/** Opens "New delegation", for one workspace or for the person to choose; `task` stands in it already. */
export function askDelegation(workspaceId: WorkspaceId | null, task = ''): void {
  question = { workspaceId, task, key: crypto.randomUUID() }
  tell()
}

export function closeDelegation(): void {
  question = undefined
  tell()
}

export function useDelegationQuestion(): DelegationQuestion | undefined {
  return useSyncExternalStore(subscribe, () => question)
}

function tell(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
