import type { OrgEvent } from '#shared/org-event.ts'
import { queryClient, trpc } from '../../../kernel/trpc.ts'

const gatherMs = 200
let isDue = false

/** Has what the loop breaker holds read again when that may have changed; a few times a second at most. */
export function followLoops(event: OrgEvent): void {
  if (isDue || !concernsLoops(event)) return
  isDue = true
  setTimeout(() => {
    isDue = false
    void queryClient.invalidateQueries({ queryKey: trpc.delegations.loopHolds.pathKey() })
  }, gatherMs)
}

function concernsLoops(event: OrgEvent): boolean {
  switch (event.type) {
    case 'chain.paused':
    case 'chain.resumed':
    case 'delegation.cancelled':
    case 'delegation.failed':
      return true
    case 'delegation.waiting':
      return event.payload.waitingFor === 'input'
    default:
      return false
  }
}
