import type { DeleteFile } from '#shared/files/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { removeFile } from './remove-file.ts'

/** Deletes a file; its history is kept and goes on when a file of that path is saved again. */
export async function deleteFile(context: OrgContext, { workspaceId, path }: DeleteFile): Promise<void> {
  requireMay(context, 'files.delete')
  await inTransaction(context, (tx) => removeFile(tx, workspaceId, path))
}
