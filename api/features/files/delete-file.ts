import type { DeleteFile } from '#shared/files/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { recordAct } from '../acts/index.ts'
import { removeFile } from './remove-file.ts'

/** Deletes a file, which can be undone; its history is kept and goes on when a file of that path is saved again. */
export async function deleteFile(context: OrgContext, { workspaceId, path }: DeleteFile): Promise<void> {
  requireMay(context, 'files.delete')
  await inTransaction(context, async (tx) => {
    const { fileId, version } = await removeFile(tx, workspaceId, path)
    await recordAct(tx, context, {
      name: `deletion of ${path}`,
      changes: [{ kind: 'file', workspaceId, fileId, path, from: version, to: null }],
    })
  })
}
