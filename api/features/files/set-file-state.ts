import type { FileId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Actor } from '../../kernel/actor.ts'
import type { Tx } from '../../kernel/db.ts'
import { changedSince, requireCalled, requireFree } from './changed-since.ts'
import { noFile, noWorkspace } from './not-found.ts'
import { findVersionText, type Head, holdOwner, type KnownHead, lockHead, lockKnown, markDeleted } from './store.ts'
import { writeOver } from './write-file.ts'

type FileState = {
  workspaceId: WorkspaceId
  /** Which of those that have had the path; without it the latest. */
  fileId?: FileId | undefined
  path: string
  /** Versions by their number; null is the state of being deleted. */
  from: number | null
  to: number | null
  by: Actor
}

/**
 * Brings a file from the text of one version to that of another, as a new version. Answers conflict where it does not read
 * like the first any more, or another has its path.
 */
export async function setFileState(tx: Tx, { workspaceId, fileId, path, from, to, by }: FileState): Promise<void> {
  if (!(await holdOwner(tx, workspaceId))) throw noWorkspace()
  const head = await lockNamed(tx, { workspaceId, fileId, path })
  if (!head) throw noFile(path)
  requireCalled(head, path)
  if ((await textAt(tx, head, from)) !== (head.isThere ? head.text : undefined)) {
    throw changedSince(`${path} was changed since.`, 'Look at its history, and restore a version.')
  }
  if (to === null) {
    await markDeleted(tx, head.id)
    tx.tell({ type: 'file.deleted', payload: { workspaceId, fileId: head.id, path } })
    return
  }
  const text = await textAt(tx, head, to)
  if (text === undefined) throw noFile(path)
  if (!head.isThere) await requireFree(tx, head, path)
  await writeOver(tx, { workspaceId, path, text, restoredFrom: to, by }, head)
}

type Named = Pick<FileState, 'workspaceId' | 'fileId' | 'path'>

async function lockNamed(tx: Tx, { workspaceId, fileId, path }: Named): Promise<KnownHead | undefined> {
  if (fileId !== undefined) return await lockKnown(tx, workspaceId, fileId)
  const head = await lockHead(tx, workspaceId, path)
  return head && { ...head, workspaceId, path }
}

async function textAt(tx: Tx, head: Head, version: number | null): Promise<string | undefined> {
  return version === null ? undefined : await findVersionText(tx, head.id, version)
}
