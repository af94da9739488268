import type { DeleteFile } from '#shared/files/contract.ts'
import { configPath, promptPath } from '#shared/files/paths.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { noFile, noWorkspace } from './not-found.ts'
import { holdOwner, lockHead, markDeleted } from './store.ts'

/** Deletes a file; its history is kept and goes on when a file of that path is saved again. */
export async function deleteFile(context: OrgContext, { workspaceId, path }: DeleteFile): Promise<void> {
  requireMay(context, 'files.delete')
  if (path === configPath || path === promptPath) {
    throw new AppError('bad-input', `Every workspace has a ${path}; it cannot be deleted.`, {
      field: 'path',
      fix: 'Save an empty text instead.',
    })
  }
  await inTransaction(context, async (tx) => {
    if (!(await holdOwner(tx, workspaceId))) throw noWorkspace()
    const head = await lockHead(tx, workspaceId, path)
    if (!head?.isThere) throw noFile(path)
    await markDeleted(tx, head.id)
    tx.tell({ type: 'file.deleted', payload: { workspaceId, fileId: head.id, path } })
  })
}
