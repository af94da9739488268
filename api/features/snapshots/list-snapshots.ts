import { AppError } from '#shared/kernel/app-error.ts'
import type { SnapshotId } from '#shared/kernel/ids.ts'
import type { Snapshot } from '#shared/snapshots/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction, type Reader } from '../../kernel/db.ts'
import { deleteRow, readChunks, selectSnapshot, selectSnapshots } from './store.ts'

/** Newest first. */
export async function listSnapshots(context: OrgContext): Promise<Snapshot[]> {
  requireMay(context, 'snapshots.read')
  const { db, orgId } = context
  return await inSnapshot(db, orgId, selectSnapshots)
}

export async function requireSnapshot(reader: Reader, id: SnapshotId): Promise<Snapshot> {
  const found = await selectSnapshot(reader, id)
  if (!found) throw new AppError('not-found', 'There is no such snapshot.')
  return found
}

/** What it is, and its file piece by piece. */
export async function openSnapshot(context: OrgContext, id: SnapshotId) {
  requireMay(context, 'snapshots.download')
  const { db, orgId } = context
  const snapshot = await inSnapshot(db, orgId, (reader) => requireSnapshot(reader, id))
  return { snapshot, file: readChunks(db, orgId, id) }
}

/** Only the copy is gone; what was restored from it stays. */
export async function deleteSnapshot(context: OrgContext, id: SnapshotId): Promise<void> {
  requireMay(context, 'snapshots.delete')
  const isGone = await inTransaction(context, async (tx) => {
    const wasThere = await deleteRow(tx, id)
    if (wasThere) tx.tell({ type: 'snapshot.deleted', payload: { snapshotId: id } })
    return wasThere
  })
  if (!isGone) throw new AppError('not-found', 'There is no such snapshot.')
}
