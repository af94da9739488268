import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { hint, wake } from '../../kernel/wake.ts'
import { findStanding, insertNote, type Standing } from './delegation-store.ts'
import { lockReady } from './queue-store.ts'

type Noted = { name: string; output: unknown }

/** Records something that came from outside as a step of a delegation, tells it and wakes the delegation: all or nothing. Where `read` gives nothing there is nothing to record. */
export async function noteIn(
  context: OrgContext,
  id: DelegationId,
  read: (tx: Tx, found: Standing) => Promise<Noted | undefined>,
): Promise<void> {
  await inTransaction(context, async (tx) => {
    await lockReady(tx, [id])
    const found = await findStanding(tx, id)
    if (!found) throw new AppError('not-found', 'There is no such delegation.')
    const noted = await read(tx, found)
    if (!noted) return
    const { name, output } = noted
    const step = await insertNote(tx, id, name, output)
    const { workspaceId } = found
    const payload = {
      delegationId: id,
      workspaceId,
      step,
      kind: 'note' as const,
      state: 'done' as const,
      name,
      cost: 0,
    }
    tx.tell({ type: 'step.changed', payload })
    await wake(tx, [id])
  })
  hint(context.db, { kind: 'work' })
}
