import type { OrgEvent, OrgEventOf } from '#shared/org-event.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import { workspacesQuery } from '../workspaces/index.ts'
import { askBudgets } from './ask.ts'

const gatherMs = 700
let isDue = false

/** Has what is shown of budgets and spend read again, at most about once a second. */
export function followBudgets(event: OrgEvent): void {
  if (event.type === 'budget.warned') warn(event)
  if (isDue || !movesMoney(event)) return
  isDue = true
  setTimeout(() => {
    isDue = false
    void queryClient.invalidateQueries({ queryKey: trpc.budgets.pathKey() })
  }, gatherMs)
}

function movesMoney(event: OrgEvent): boolean {
  switch (event.type) {
    case 'step.changed':
    case 'budget.set':
    case 'budget.removed':
    case 'budget.warned':
    case 'price.set':
    case 'delegation.waiting':
    case 'delegation.resumed':
    case 'delegation.completed':
    case 'delegation.failed':
    case 'delegation.cancelled':
    case 'workspace.deleted':
    case 'workspace.restored':
      return true
    default:
      return false
  }
}

/** One notice a budget: the higher warning replaces the lower. Half a budget is no news to interrupt for. */
function warn({ orgId, payload }: OrgEventOf<'budget.warned'>): void {
  const { budgetId, workspaceId, percent } = payload
  if (percent === 50) return
  const workspaces = queryClient.getQueryData(workspacesQuery(orgId).queryKey)?.workspaces
  const name = workspaces?.find(({ id }) => id === workspaceId)?.name
  const whose = workspaceId === null ? 'the organisation’s budget' : `a budget of ${name ?? 'a workspace'}`
  notify({
    id: `budget ${budgetId}`,
    title: `${percent} % of ${whose} is used`,
    action: { label: 'See budgets', run: () => askBudgets({ newFor: null }) },
  })
}
