import { RunId } from '#shared/kernel/ids.ts'
import type { Program, RunRecord } from '#shared/runs/contract.ts'
import { actorName, eventActor, type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { requireStorage } from '../../kernel/limits/quota-store.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { deleteOldRuns, insertRun } from './store.ts'

/** Keeps a program and how it went for the people of the org, under an id that a link can name. Values of secrets in it are masked. */
export async function shareRun(context: OrgContext, run: Program & { record: RunRecord | null }): Promise<RunId> {
  requireMay(context, 'runs.share')
  const id = RunId.parse(uuidv7())
  await inTransaction(context, async (tx) => {
    await requireStorage(tx)
    await insertRun(tx, { ...run, id, by: eventActor(context.actor), byName: actorName(context.actor) })
    await deleteOldRuns(tx)
    tx.tell({ type: 'run.shared', payload: { runId: id } })
  })
  return id
}
