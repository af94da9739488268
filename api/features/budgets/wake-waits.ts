import type { OrgContext } from '../../kernel/actor.ts'
import { type Db, inTransaction } from '../../kernel/db.ts'
import { hint, wake } from '../../kernel/wake.ts'
import { deleteWaits, selectOrgsWaiting, selectWaitsOver } from './wait-store.ts'

const meter = { kind: 'system', name: 'meter' } as const

/**
 * Wakes those whose wait may be over: there is room again, the limit was raised or removed, the day or month rolled over,
 * the model has a price. Whoever still finds no room waits again.
 */
export async function wakeBudgetWaits(db: Db): Promise<void> {
  for (const orgId of await selectOrgsWaiting(db)) await wakeWaitsOf({ db, orgId, actor: meter })
}

export async function wakeWaitsOf(context: OrgContext): Promise<void> {
  const woken = await inTransaction({ ...context, actor: meter }, async (tx) => {
    const over = await selectWaitsOver(tx)
    if (over.length === 0) return false
    // Queue entries first, then what is ours: the lock order.
    await wake(tx, over)
    await deleteWaits(tx, over)
    return true
  })
  if (woken) hint(context.db, { kind: 'work' })
}
