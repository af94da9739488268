import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { unsent } from './unsent.ts'

const begun = new Map<WorkspaceId, readonly File[]>()
const listeners = new Set<() => void>()

/** Puts words and files where a person writes to a workspace, for them to look at and send. */
export function beginWords(workspaceId: WorkspaceId, words: { text: string; files: readonly File[] }): void {
  unsent.keep(workspaceId, words.text)
  begun.set(workspaceId, words.files)
  for (const listener of listeners) listener()
}

/** Gives the files of what was begun, once: its words stand there as unsent ones. */
export function takeBegun(workspaceId: WorkspaceId): readonly File[] | undefined {
  const files = begun.get(workspaceId)
  begun.delete(workspaceId)
  return files
}

export function onBegun(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
