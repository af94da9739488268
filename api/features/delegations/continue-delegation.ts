import { continueBy } from '#shared/delegations/journal.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireRole } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { hint, wake } from '../../kernel/wake.ts'
import { findStanding, insertNote } from './delegation-store.ts'
import { lockReady } from './queue-store.ts'

/** Lets a delegation that reached its step limit take more steps. The permission is a recorded step. */
export async function continueDelegation(context: OrgContext, id: DelegationId): Promise<void> {
  requireRole(context, 'member')
  await inTransaction(context, async (tx) => {
    await lockReady(tx, [id])
    const found = await findStanding(tx, id)
    if (!found) throw new AppError('not-found', 'There is no such delegation.')
    if (found.state !== 'waiting' || found.waitingFor !== 'budget') {
      throw new AppError('conflict', 'This delegation does not wait at its step limit.')
    }
    const step = await insertNote(tx, id, 'continued', { extraSteps: continueBy, by: context.actor.name })
    const { workspaceId } = found
    const payload = { delegationId: id, workspaceId, step, kind: 'note' as const, state: 'done' as const, cost: 0 }
    tx.tell({ type: 'step.changed', payload: { ...payload, name: 'continued' } })
    await wake(tx, [id])
  })
  hint(context.db, { kind: 'work' })
}
