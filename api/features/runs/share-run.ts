import { AppError } from '#shared/kernel/app-error.ts'
import type { RunId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { noRun, readerOf } from './read-runs.ts'
import { deleteOldShared, markShared, selectRun } from './store.ts'

/** Gives a run of one's own to everybody in the org, under the id a link can name. */
export async function shareRun(context: OrgContext, id: RunId): Promise<void> {
  requireMay(context, 'runs.share')
  await inTransaction(context, async (tx) => {
    const reads = readerOf(context)
    const found = await selectRun(tx, id, reads)
    if (!found) throw noRun()
    if (reads === null || found.byId !== reads) throw new AppError('forbidden', 'Only whoever made a run shares it.')
    await markShared(tx, id)
    await deleteOldShared(tx, reads)
    tx.tell({ type: 'run.shared', payload: { runId: id } })
  })
}
