import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { asText, dropStored, readStored, writeStored } from '../../kernel/storage.ts'

/** Words that were typed to a workspace and not sent: they outlive a reload. */
export function readUnsent(workspaceId: WorkspaceId): string {
  return readStored(name(workspaceId), asText, '')
}

export function keepUnsent(workspaceId: WorkspaceId, text: string): void {
  if (text === '') dropStored(name(workspaceId))
  else writeStored(name(workspaceId), text)
}

function name(workspaceId: WorkspaceId): string {
  return `chat.${workspaceId}`
}
