import type { BudgetWait } from '#shared/budgets/contract.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { selectBudgetOf, selectWait } from './budget-store.ts'

/** What a delegation that waits for budget waits for; null where it waits for none, or may go on by now. */
export async function getWait(
  context: OrgContext,
  { delegationId }: { delegationId: DelegationId },
): Promise<BudgetWait | null> {
  requireMay(context, 'budgets.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const wait = await selectWait(reader, delegationId)
    if (!wait) return null
    if (wait.model !== null) return { kind: 'price', model: wait.model }
    const budget = await selectBudgetOf(reader, wait)
    return budget ? { kind: 'budget', budget, needed: { money: wait.money, tokens: wait.tokens } } : null
  })
}
