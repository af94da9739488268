import type { RemoveBudget } from '#shared/budgets/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { deleteBudget, holdMeter, selectTarget } from './budget-store.ts'
import { requireMaySet } from './policy.ts'
import { wakeWaitsOf } from './wake-waits.ts'

/** What waited for it goes on. What was spent stays known: charges outlive budgets. */
export async function removeBudget(context: OrgContext, { budgetId }: RemoveBudget): Promise<void> {
  requireMay(context, 'budgets.workspace.write')
  await inTransaction(context, async (tx) => {
    await holdMeter(tx)
    const target = await selectTarget(tx, budgetId)
    if (!target) throw new AppError('not-found', 'There is no such budget.')
    requireMaySet(context, target.scope)
    await deleteBudget(tx, budgetId)
    tx.tell({ type: 'budget.removed', payload: { budgetId, workspaceId: target.workspaceId } })
  })
  await wakeWaitsOf(context)
}
