import { useMutation } from '@tanstack/react-query'
import type { Budget } from '#shared/budgets/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import { offerUndo } from '../acts/index.ts'

/** Takes a budget away; taking that back sets the same limits again. */
export function useRemoveBudget(orgId: OrgId) {
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.budgets.pathKey() })
  return useMutation({
    mutationFn: ({ id }: Budget) => client.budgets.remove.mutate({ orgId, budgetId: id }),
    onSuccess: async (_, { scope, workspaceId, period, limits }) => {
      offerUndo('Budget removed', {
        orgId,
        name: 'removal of the budget',
        undo: async () => {
          await client.budgets.set.mutate({ orgId, scope, workspaceId, period, limits })
          await refresh()
        },
      })
      await refresh()
    },
    onError: (error) => notify({ title: readProblem(error).message, detail: readProblem(error).fix, tone: 'failed' }),
  })
}
