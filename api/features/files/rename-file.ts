import type { FileText, RenameFile } from '#shared/files/contract.ts'
import { configPath, promptPath } from '#shared/files/paths.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { recordAct } from '../acts/index.ts'
import { noFile, noWorkspace } from './not-found.ts'
import { findText, holdOwner, isTaken, lockHead, setPath } from './store.ts'

/** Gives a file another path, which can be undone; its history goes with it. The prompt and the config keep their names. */
export async function renameFile(context: OrgContext, { workspaceId, path, to }: RenameFile): Promise<FileText> {
  requireMay(context, 'files.edit')
  for (const fixed of [promptPath, configPath]) {
    if (path === fixed)
      throw new AppError('bad-input', `Every workspace has a ${fixed}; it keeps its name.`, { field: 'path' })
  }
  return await inTransaction(context, async (tx) => {
    if (!(await holdOwner(tx, workspaceId))) throw noWorkspace()
    const head = await lockHead(tx, workspaceId, path)
    if (!head?.isThere) throw noFile(path)
    if (path !== to) {
      if (await isTaken(tx, workspaceId, to)) throw taken(to)
      await setPath(tx, head.id, to)
      tx.tell({ type: 'file.renamed', payload: { workspaceId, fileId: head.id, path: to, fromPath: path } })
      await recordAct(tx, context, {
        name: `rename of ${path} to ${to}`,
        changes: [{ kind: 'path', workspaceId, fileId: head.id, from: path, to }],
      })
    }
    const renamed = await findText(tx, workspaceId, to)
    if (!renamed) throw noFile(to)
    return renamed
  })
}

function taken(path: string): AppError {
  return new AppError('conflict', `There is a ${path} already.`, { field: 'to', fix: 'Choose another path.' })
}
