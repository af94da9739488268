import { maxAttachmentBytes, maxAttachments } from '#shared/chat/limits.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { addFiles, chosenFiles, type FileState, type Given } from './chosen-files.ts'

/** Puts files beside the next words, those that cannot go with the reason why; gives the others, to be kept by the server. */
export function giveFiles(workspaceId: WorkspaceId, chosen: readonly File[]): { file: File; given: Given }[] {
  // As many as there are now: what is drawn may be of before the last that were given.
  const before = chosenFiles(workspaceId).length
  const begun = chosen.map((file, index) => {
    const given = { key: crypto.randomUUID(), name: file.name, bytes: file.size }
    return { file, given, state: stateOf(given, before + index) }
  })
  addFiles(
    workspaceId,
    begun.map(({ state }) => state),
  )
  return begun.filter(({ state }) => state.phase === 'sending')
}

function stateOf(given: Given, before: number): FileState {
  const reason = refusal(given, before)
  return reason === undefined ? { ...given, phase: 'sending' } : { ...given, phase: 'refused', reason }
}

function refusal({ bytes }: Given, before: number): string | undefined {
  if (before >= maxAttachments) return `At most ${maxAttachments} files go with one message.`
  if (bytes === 0) return 'It is empty.'
  if (bytes > maxAttachmentBytes) return `It is larger than ${maxAttachmentBytes / 1024 / 1024} MB.`
  return undefined
}
