import type { RunId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { noRun } from './read-runs.ts'
import { deleteRun as deleteRow, selectRun } from './store.ts'

/** One's own whoever may share; those of others from manager up. */
export async function deleteRun(context: OrgContext, id: RunId): Promise<void> {
  requireMay(context, 'runs.share')
  const { actor } = context
  await inTransaction(context, async (tx) => {
    const found = await selectRun(tx, id)
    if (!found) throw noRun()
    if (actor.kind !== 'person' || found.userId !== actor.userId) requireMay(context, 'runs.delete')
    await deleteRow(tx, id)
    tx.tell({ type: 'run.deleted', payload: { runId: id } })
  })
}
