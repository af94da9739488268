import type { RunId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { noRun, readerOf } from './read-runs.ts'
import { deleteRun as deleteRow, selectRun } from './store.ts'

/** One's own whoever keeps a history; those that others shared from manager up. */
export async function deleteRun(context: OrgContext, id: RunId): Promise<void> {
  requireMay(context, 'runs.record')
  const reads = readerOf(context)
  await inTransaction(context, async (tx) => {
    const found = await selectRun(tx, id, reads)
    if (!found) throw noRun()
    if (reads === null || found.byId !== reads) requireMay(context, 'runs.delete')
    await deleteRow(tx, id)
    if (found.isShared) tx.tell({ type: 'run.deleted', payload: { runId: id } })
  })
}
