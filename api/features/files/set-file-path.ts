import type { FileId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Tx } from '../../kernel/db.ts'
import { changedSince, requireCalled, requireFree } from './changed-since.ts'
import { noFile, noWorkspace } from './not-found.ts'
import { holdOwner, lockKnown, setPath } from './store.ts'

type Renaming = { workspaceId: WorkspaceId; fileId: FileId; from: string; to: string }

/** Takes a file from one path to another. Answers conflict where it is not called so any more, is gone, or the other is taken. */
export async function setFilePath(tx: Tx, { workspaceId, fileId, from, to }: Renaming): Promise<void> {
  if (!(await holdOwner(tx, workspaceId))) throw noWorkspace()
  const head = await lockKnown(tx, workspaceId, fileId)
  if (!head) throw noFile(from)
  if (!head.isThere) throw changedSince(`${head.path} was deleted since.`)
  requireCalled(head, from)
  await requireFree(tx, head, to)
  await setPath(tx, fileId, to)
  tx.tell({ type: 'file.renamed', payload: { workspaceId, fileId, path: to, fromPath: from } })
}
