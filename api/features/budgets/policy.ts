import type { BudgetScope } from '#shared/budgets/periods.ts'
import { permissionFor } from '#shared/budgets/policy.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'

/** Managers set budgets of workspaces; the organisation's is an admin's. Agents set none. */
export function requireMaySet(context: OrgContext, scope: BudgetScope): void {
  requireMay(context, permissionFor[scope])
}
