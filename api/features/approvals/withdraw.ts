import type { DelegationId } from '#shared/kernel/ids.ts'
import type { Tx } from '../../kernel/db.ts'
import { withdrawPending } from './store.ts'

/** Questions of work that has ended need no answer any more. Its queue entry must be locked. */
export async function withdraw(tx: Tx, delegationId: DelegationId): Promise<void> {
  for (const { id: approvalId, ...of } of await withdrawPending(tx, [delegationId])) {
    tx.tell({ type: 'approval.decided', payload: { approvalId, ...of, decision: 'withdrawn' } })
  }
}
