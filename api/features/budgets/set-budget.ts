import type { SetBudget } from '#shared/budgets/contract.ts'
import { BudgetId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { countCharges, forgetWarnings, holdMeter, upsertBudget } from './budget-store.ts'
import { requireMaySet } from './policy.ts'
import { wakeWaitsOf } from './wake-waits.ts'

/** Makes a budget or changes its limits; what was spent in the running period counts. Work that waited for it goes on. */
export async function setBudget(context: OrgContext, input: SetBudget): Promise<{ budgetId: BudgetId }> {
  requireMaySet(context, input.scope)
  const budgetId = await inTransaction(context, async (tx) => {
    if (input.workspaceId) await requireWorkspace(tx, input.workspaceId)
    await holdMeter(tx)
    const { id, isNew } = await upsertBudget(tx, BudgetId.parse(uuidv7()), input)
    if (isNew) await countCharges(tx, id)
    else await forgetWarnings(tx, id)
    tx.tell({ type: 'budget.set', payload: { budgetId: id, workspaceId: input.workspaceId } })
    return id
  })
  await wakeWaitsOf(context)
  return { budgetId }
}
