import type { OrgEvent } from '#shared/org-event.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'

const gatherMs = 700
let isDue = false

/** Has what is shown of budgets and spend read again, at most about once a second. */
export function followBudgets(event: OrgEvent): void {
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
