import type { Policy } from '../orgs/permission.ts'
import type { BudgetScope } from './periods.ts'

export const budgetsPolicy = {
  'budgets.read': { lowest: 'viewer', to: 'see budgets and spending' },
  'budgets.workspace.write': { lowest: 'manager', to: 'change budgets of workspaces' },
  'budgets.org.write': { lowest: 'admin', to: 'change the budget of the organisation' },
  'budgets.prices.write': { lowest: 'admin', to: 'change the prices of models' },
} as const satisfies Policy<'budgets'>

/** What setting, raising and removing a budget takes: managers may those of workspaces, admins that of the organisation. */
export const permissionFor = {
  org: 'budgets.org.write',
  workspace: 'budgets.workspace.write',
  subtree: 'budgets.workspace.write',
} as const satisfies Record<BudgetScope, keyof typeof budgetsPolicy>
