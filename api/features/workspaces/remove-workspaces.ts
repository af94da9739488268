import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Tx } from '../../kernel/db.ts'
import { wakeWorkspaces } from '../../kernel/wake.ts'
import { markDeleted } from './store.ts'

/**
 * Marks workspaces as deleted and tells it; everything of theirs stays for a restore. The engine is woken to end their
 * work. The caller holds the chart and has checked who goes.
 */
export async function removeWorkspaces(tx: Tx, ids: readonly WorkspaceId[]): Promise<void> {
  // Work is locked before workspaces, everywhere; what was given in between is woken after.
  await wakeWorkspaces(tx, ids)
  await markDeleted(tx, ids)
  await wakeWorkspaces(tx, ids)
  for (const id of ids) tx.tell({ type: 'workspace.deleted', payload: { workspaceId: id } })
}
