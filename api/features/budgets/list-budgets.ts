import type { Budget } from '#shared/budgets/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { selectBudgets } from './budget-store.ts'

/** The organisation's budgets, then those of teams and of single workspaces, each with its running period. */
export async function listBudgets(context: OrgContext): Promise<Budget[]> {
  requireMay(context, 'budgets.read')
  return await inSnapshot(context.db, context.orgId, selectBudgets)
}
