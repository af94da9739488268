import type { SetRetention } from '#shared/audit/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { type Db, inSnapshot, inTransaction } from '../../kernel/db.ts'
import { projectAt } from '../past/index.ts'
import { dropEvents, findDroppable, saveKeepDays } from './retention-store.ts'
import { selectLogsToShorten } from './seal-store.ts'

/** How long this org keeps its events; null: for ever. What is older goes within the hour. */
export async function setRetention(context: OrgContext, { keepDays }: SetRetention): Promise<void> {
  requireMay(context, 'audit.retention.write')
  await inTransaction(context, async (tx) => {
    const wasChanged = await saveKeepDays(tx, keepDays)
    if (wasChanged) tx.tell({ type: 'audit.retention-changed', payload: { keepDays } })
  })
}

/** Drops what no policy keeps, and tells so in the log that is left. */
export async function shortenLogs(db: Db): Promise<void> {
  for (const orgId of await selectLogsToShorten(db)) {
    const toSeq = await inSnapshot(db, orgId, findDroppable)
    if (toSeq === undefined) continue
    // The track of the past begins there.
    await projectAt(db, orgId, toSeq)
    await inTransaction({ db, orgId, actor: clock }, async (tx) => {
      const dropped = await dropEvents(tx, toSeq)
      if (dropped) tx.tell({ type: 'audit.dropped', payload: dropped })
    })
  }
}

const clock = { kind: 'system', name: 'clock' } as const
