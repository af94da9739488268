import { lowestRoleFor } from '#shared/budgets/lowest-role.ts'
import type { BudgetScope } from '#shared/budgets/periods.ts'
import { type OrgContext, requireRole } from '../../kernel/actor.ts'

/** Managers set budgets of workspaces; the organisation's is an admin's. Agents set none. */
export function requireBudgetRole(context: OrgContext, scope: BudgetScope): void {
  requireRole(context, lowestRoleFor[scope])
}
