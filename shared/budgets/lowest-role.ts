import type { Role } from '../orgs/contract.ts'
import type { BudgetScope } from './periods.ts'

/** Who may set, raise and remove a budget: managers those of workspaces, admins that of the organisation. */
export const lowestRoleFor = { org: 'admin', workspace: 'manager', subtree: 'manager' } as const satisfies Record<
  BudgetScope,
  Role
>
