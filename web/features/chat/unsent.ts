import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { dropOwn, readOwn, writeOwn } from '../../kernel/own-words.ts'
import { asText } from '../../kernel/storage.ts'

/** Words that were typed to a workspace and not sent: they outlive a reload. */
export function readUnsent(workspaceId: WorkspaceId): string {
  return readOwn(name(workspaceId), asText, '')
}

export function keepUnsent(workspaceId: WorkspaceId, text: string): void {
  if (text === '') dropOwn(name(workspaceId))
  else writeOwn(name(workspaceId), text)
}

function name(workspaceId: WorkspaceId): string {
  return `chat.${workspaceId}`
}
