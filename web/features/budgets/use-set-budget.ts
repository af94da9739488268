import { useMutation } from '@tanstack/react-query'
import type { BudgetLimits } from '#shared/budgets/contract.ts'
import type { BudgetPeriod, BudgetScope } from '#shared/budgets/periods.ts'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'

export type NewBudget = {
  orgId: OrgId
  scope: BudgetScope
  workspaceId: WorkspaceId | null
  period: BudgetPeriod
  limits: BudgetLimits
}

/** Makes a budget or changes its limits; what waited for it goes on. */
export function useSetBudget() {
  return useMutation({
    mutationFn: (budget: NewBudget) => client.budgets.set.mutate(budget),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.budgets.pathKey() }),
  })
}
