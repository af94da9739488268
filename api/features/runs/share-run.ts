import type { RunId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { noRun, readerOf } from './read-runs.ts'
import { deleteOldShared, markShared, selectRun } from './store.ts'

/** Gives a run of one's own to everybody in the org, under the id a link can name. */
export async function shareRun(context: OrgContext, id: RunId): Promise<void> {
  requireMay(context, 'runs.share')
  await inTransaction(context, async (tx) => {
    if (!(await selectRun(tx, id, readerOf(context)))) throw noRun()
    await markShared(tx, id)
    await deleteOldShared(tx)
    tx.tell({ type: 'run.shared', payload: { runId: id } })
  })
}
