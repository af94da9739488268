import { type Db, inTransaction } from '../../kernel/db.ts'
import { hint, wake } from '../../kernel/wake.ts'
import { escalateIn } from './decide-approval.ts'
import { type Due, findStanding, selectDue, writeDecision } from './store.ts'

const atOnce = 200
const clock = { kind: 'system', name: 'auto-expired' } as const

/** Ends questions whose time is over, and passes on those nobody above has answered. Any number of nodes may try. */
export async function expireDue(db: Db): Promise<void> {
  for (;;) {
    const due = await selectDue(db, atOnce)
    const failed: unknown[] = []
    for (const one of due) await settleDue(db, one).catch((error: unknown) => failed.push(error))
    if (due.length > 0) hint(db, { kind: 'work' })
    // One that cannot be settled keeps no other from its end.
    if (failed.length > 0) throw failed[0]
    if (due.length < atOnce) return
  }
}

async function settleDue(db: Db, { orgId, approvalId, delegationId }: Due): Promise<void> {
  await inTransaction({ db, orgId, actor: clock }, async (tx) => {
    await wake(tx, [delegationId])
    const found = await findStanding(tx, approvalId)
    if (found?.state !== 'pending') return
    if (!found.isExpired) {
      if (found.isToEscalate) await escalateIn(tx, found)
      return
    }
    const by = { kind: 'system', id: 'auto-expired' }
    const reason = 'Nobody answered in time.'
    if (!(await writeDecision(tx, approvalId, { state: 'expired', by, byName: 'auto-expired', reason }))) return
    const { workspaceId } = found
    tx.tell({ type: 'approval.decided', payload: { approvalId, delegationId, workspaceId, decision: 'expired' } })
  })
}
