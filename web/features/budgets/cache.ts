import type { OrgEvent } from '#shared/org-event.ts'
import { gathered } from '../../kernel/gathered.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'

const refreshSoon = gathered(700, () => void queryClient.invalidateQueries({ queryKey: trpc.budgets.pathKey() }))

/** Has what is shown of budgets and spend read again, at most about once a second. */
export function followBudgets(event: OrgEvent): void {
  if (movesMoney(event)) refreshSoon()
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
