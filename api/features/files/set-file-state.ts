import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Tx } from '../../kernel/db.ts'
import { noFile, noWorkspace } from './not-found.ts'
import { findVersionText, type Head, holdOwner, lockHead, markDeleted } from './store.ts'
import { writeOver } from './write-file.ts'

type FileState = {
  workspaceId: WorkspaceId
  path: string
  /** Versions by their number; null is the state of being deleted. */
  from: number | null
  to: number | null
  by: Actor
}

/**
 * Brings a file from the text of one version to that of another, as a new version. Answers conflict where it does not read
 * like the first any more.
 */
export async function setFileState(tx: Tx, { workspaceId, path, from, to, by }: FileState): Promise<void> {
  if (!(await holdOwner(tx, workspaceId))) throw noWorkspace()
  const head = await lockHead(tx, workspaceId, path)
  if (!head) throw noFile(path)
  if ((await textAt(tx, head, from)) !== (head.isThere ? head.text : undefined)) {
    throw new AppError('conflict', `${path} was changed since.`, { fix: 'Look at its history, and restore a version.' })
  }
  if (to === null) {
    await markDeleted(tx, head.id)
    tx.tell({ type: 'file.deleted', payload: { workspaceId, fileId: head.id, path } })
    return
  }
  const text = await textAt(tx, head, to)
  if (text === undefined) throw noFile(path)
  await writeOver(tx, { workspaceId, path, text, restoredFrom: to, by }, head)
}

async function textAt(tx: Tx, head: Head, version: number | null): Promise<string | undefined> {
  return version === null ? undefined : await findVersionText(tx, head.id, version)
}
