import { queryOptions, skipToken, useMutation, useQuery } from '@tanstack/react-query'
import type { BudgetId, DelegationId, OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'

/** The rehearsal of the demo plays a writer who is never content when it hears this. */
const runawayTask = 'Runaway: rewrite the announcement until it is perfect.'
/** Model and tool calls: enough to see it run, few enough to see it stopped soon. */
export const runawaySteps = 12

/** `budgetId`: the limit that was set for it; null where the person has one there already, which stays as it is. */
type Runaway = { delegationId: DelegationId; budgetId: BudgetId | null }

/** What was started here and is not tidied up yet; it dies with the page, and the run waits harmlessly at its limit. */
function startedQuery(orgId: OrgId) {
  return queryOptions<Runaway | null>({
    queryKey: ['runaway', orgId],
    queryFn: () => null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
}

export function useRunaway(orgId: OrgId) {
  const started = useQuery(startedQuery(orgId)).data ?? null
  const onError = (error: unknown) => {
    const { message, fix } = readProblem(error)
    notify({ title: message, detail: fix, tone: 'failed' })
  }
  const start = useMutation({
    mutationFn: async (workspaceId: WorkspaceId): Promise<Runaway> => {
      const budgetId = await limitRuns(orgId, workspaceId)
      const { delegationId } = await client.delegations.create.mutate({ orgId, workspaceId, task: runawayTask })
      return { budgetId, delegationId }
    },
    onSuccess: (runaway) => queryClient.setQueryData(startedQuery(orgId).queryKey, runaway),
    onError,
  })
  const tidy = useMutation({
    mutationFn: async ({ delegationId, budgetId }: Runaway) => {
      await client.delegations.cancel.mutate({ orgId, delegationId })
      if (budgetId) await client.budgets.remove.mutate({ orgId, budgetId })
    },
    onSuccess: () => {
      queryClient.setQueryData(startedQuery(orgId).queryKey, null)
      notify({ title: 'The run was ended and its limit removed', tone: 'done' })
    },
    onError,
  })
  const asked = started ? { orgId, delegationId: started.delegationId } : skipToken
  const delegation = useQuery(trpc.delegations.get.queryOptions(asked)).data?.delegation
  return { started, delegation, start, tidy }
}

async function limitRuns(orgId: OrgId, workspaceId: WorkspaceId): Promise<BudgetId | null> {
  const budgets = await client.budgets.list.query({ orgId })
  const isLimited = budgets.some(
    (one) => one.scope === 'workspace' && one.workspaceId === workspaceId && one.period === 'run',
  )
  if (isLimited) return null
  const limits = { money: null, tokens: null, steps: runawaySteps, seconds: null, toolCalls: null }
  const set = await client.budgets.set.mutate({ orgId, scope: 'workspace', workspaceId, period: 'run', limits })
  return set.budgetId
}
