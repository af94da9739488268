import { configPath, promptPath } from '#shared/files/paths.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { FileId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Tx } from '../../kernel/db.ts'
import { noFile, noWorkspace } from './not-found.ts'
import { holdOwner, lockHead, markDeleted } from './store.ts'

type Removed = { fileId: FileId; version: number }

/**
 * Takes a file out, tells file.deleted and gives the version that was the newest; its history is kept. Every workspace keeps
 * its prompt and its config.
 */
export async function removeFile(tx: Tx, workspaceId: WorkspaceId, path: string): Promise<Removed> {
  if (path === configPath || path === promptPath) {
    throw new AppError('bad-input', `Every workspace has a ${path}; it cannot be deleted.`, {
      field: 'path',
      fix: 'Save an empty text instead.',
    })
  }
  if (!(await holdOwner(tx, workspaceId))) throw noWorkspace()
  const head = await lockHead(tx, workspaceId, path)
  if (!head?.isThere) throw noFile(path)
  await markDeleted(tx, head.id)
  tx.tell({ type: 'file.deleted', payload: { workspaceId, fileId: head.id, path } })
  return { fileId: head.id, version: head.version }
}
