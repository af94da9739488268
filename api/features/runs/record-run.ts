import { RunId } from '#shared/kernel/ids.ts'
import type { Program, RunOrigin, RunRecord } from '#shared/runs/contract.ts'
import { actorName, eventActor, type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { requireStorage } from '../../kernel/limits/quota-store.ts'
import { forgetRedactor } from '../../kernel/redact/redactor-of.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { deleteOldOwn, insertRun } from './store.ts'

type Ran = Program & { origin: RunOrigin | null; record: RunRecord | null }

/** Keeps a program and how it went in the history of whoever ran it, for them alone. Values of secrets in it are masked. */
export async function recordRun(context: OrgContext, run: Ran): Promise<RunId> {
  requireMay(context, 'runs.record')
  // Nothing is told of a run that is nobody else's, so nothing would notice a secret that was set a moment ago.
  forgetRedactor(context.db, context.orgId)
  const id = RunId.parse(uuidv7())
  const by = eventActor(context.actor)
  await inTransaction(context, async (tx) => {
    await requireStorage(tx)
    await insertRun(tx, { ...run, id, by, byName: actorName(context.actor) })
    await deleteOldOwn(tx, by)
  })
  return id
}
