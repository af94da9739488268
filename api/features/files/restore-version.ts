import type { FileText, RestoreVersion } from '#shared/files/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { recordAct } from '../acts/index.ts'
import { noFile, noWorkspace } from './not-found.ts'
import { findText, findVersionText, holdOwner, lockHead } from './store.ts'
import { writeOver } from './write-file.ts'

/** Makes an older text the newest version, which can be undone; what lies between stays in the history. */
export async function restoreVersion(context: OrgContext, input: RestoreVersion): Promise<FileText> {
  requireMay(context, 'files.edit')
  const { workspaceId, path, version: restoredFrom } = input
  return await inTransaction(context, async (tx) => {
    if (!(await holdOwner(tx, workspaceId))) throw noWorkspace()
    const head = await lockHead(tx, workspaceId, path)
    if (!head?.isThere) throw noFile(path)
    const text = await findVersionText(tx, head.id, restoredFrom)
    if (text === undefined) throw new AppError('not-found', `${path} has no version ${restoredFrom}.`)
    const { version } = await writeOver(tx, { workspaceId, path, text, restoredFrom, by: context.actor }, head)
    if (version !== head.version) {
      await recordAct(tx, context, {
        name: `return of ${path} to version ${restoredFrom}`,
        changes: [{ kind: 'file', workspaceId, fileId: head.id, path, from: head.version, to: version }],
      })
    }
    const saved = await findText(tx, workspaceId, path, version)
    if (!saved) throw noFile(path)
    return saved
  })
}
