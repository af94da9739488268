import type { FileText, SaveConflict, SaveFile } from '#shared/files/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { requireStorage } from '../../kernel/limits/quota-store.ts'
import { recordAct } from '../acts/index.ts'
import { noFile, noWorkspace } from './not-found.ts'
import { findText, findVersionText, type Head, holdOwner, lockOrMakeHead } from './store.ts'
import { writeOver } from './write-file.ts'

/**
 * Saves over the version the person started from (0: a new file). A newer one with another text answers conflict with both
 * texts and their common base; one with the same text is what was wanted, and is given back. Can be undone.
 */
export async function saveFile(context: OrgContext, input: SaveFile): Promise<FileText> {
  requireMay(context, 'files.edit')
  const { workspaceId, path, text, baseVersion } = input
  return await inTransaction(context, async (tx) => {
    if (!(await holdOwner(tx, workspaceId))) throw noWorkspace()
    await requireStorage(tx)
    const head = await lockOrMakeHead(tx, workspaceId, path)
    if (!head.isThere && baseVersion > 0) throw deletedMeanwhile(path)
    const isStale = head.isThere && head.version !== baseVersion
    if (isStale && head.text !== text) throw await conflict(tx, head, baseVersion)
    const { version } = await writeOver(tx, { workspaceId, path, text, by: context.actor }, head)
    if (!head.isThere || version !== head.version) {
      await recordAct(tx, context, {
        name: `${head.isThere ? 'change' : 'creation'} of ${path}`,
        changes: [
          { kind: 'file', workspaceId, fileId: head.id, path, from: head.isThere ? head.version : null, to: version },
        ],
      })
    }
    const saved = await findText(tx, workspaceId, path, version)
    if (!saved) throw noFile(path)
    return saved
  })
}

function deletedMeanwhile(path: string): AppError {
  return new AppError('not-found', `${path} was deleted meanwhile; your text was not saved.`, {
    fix: 'Copy your text and create the file again.',
  })
}

async function conflict(tx: Tx, head: Head, baseVersion: number): Promise<AppError> {
  const base = baseVersion > 0 ? await findVersionText(tx, head.id, baseVersion) : undefined
  const { version, text, savedBy, savedAt } = head
  return saveConflict(
    { version, text, savedBy, savedAt: savedAt.toISOString() },
    base === undefined ? { version: 0, text: '' } : { version: baseVersion, text: base },
  )
}

/** Refuses to save over what somebody else saved meanwhile, with both texts and what they have in common. */
export function saveConflict(
  { version, text, savedBy, savedAt }: SaveConflict['theirs'],
  base: SaveConflict['base'],
): AppError {
  const data: SaveConflict = { theirs: { version, text, savedBy, savedAt }, base }
  return new AppError('conflict', `Saved by ${savedBy} before you.`, {
    field: 'baseVersion',
    fix: 'Compare both texts and save over theirs, or take theirs.',
    data,
  })
}
