import type { FileId, WorkspaceId } from '#shared/kernel/ids.ts'
import { WorkspaceConfig } from '#shared/workspaces/config.ts'
import type { Reader, Tx } from '../../kernel/db.ts'
import { type FileState, findConfig, findHead, listStates, lockHead } from './store.ts'

/** The newest text of a file with the number of its version; undefined where there is none. */
export async function readHead(
  reader: Reader,
  workspaceId: WorkspaceId,
  path: string,
): Promise<{ fileId: FileId; version: number; text: string } | undefined> {
  const head = await findHead(reader, workspaceId, path)
  return head && { fileId: head.id, version: head.version, text: head.text }
}

/** The newest text, which nobody else changes until the end of the transaction: for an edit of what is there. */
export async function lockText(tx: Tx, workspaceId: WorkspaceId, path: string): Promise<string | undefined> {
  const head = await lockHead(tx, workspaceId, path)
  return head?.isThere ? head.text : undefined
}

/** config.yaml as plain data; undefined where there is none. */
export async function readConfig(reader: Reader, workspaceId: WorkspaceId): Promise<WorkspaceConfig | undefined> {
  const kept = WorkspaceConfig.safeParse(await findConfig(reader, workspaceId))
  return kept.success ? kept.data : undefined
}

/** Every living file of these workspaces with the SHA-256 of its text; `isEdited` when its newest version is no template's. */
export async function editedSinceTemplate(reader: Reader, workspaceIds: readonly WorkspaceId[]): Promise<FileState[]> {
  return await listStates(reader, workspaceIds)
}
