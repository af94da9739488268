import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { keepUnsent } from './unsent.ts'

type Words = { text: string; files: readonly File[] }

const begun = new Map<WorkspaceId, Words>()
const listeners = new Set<() => void>()

/** Puts words and files where a person writes to a workspace, for them to look at and send. */
export function beginWords(workspaceId: WorkspaceId, words: Words): void {
  keepUnsent(workspaceId, words.text)
  begun.set(workspaceId, words)
  for (const listener of listeners) listener()
}

/** Gives what was begun, once. */
export function takeBegun(workspaceId: WorkspaceId): Words | undefined {
  const words = begun.get(workspaceId)
  begun.delete(workspaceId)
  return words
}

export function onBegun(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
