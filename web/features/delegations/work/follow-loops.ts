import type { OrgEvent } from '#shared/org-event.ts'
import { gathered } from '../../../kernel/gathered.ts'
import { queryClient, trpc } from '../../../kernel/trpc.ts'

const refreshSoon = gathered(
  200,
  () => void queryClient.invalidateQueries({ queryKey: trpc.delegations.loopHolds.pathKey() }),
)

/** Has what the loop breaker holds read again when that may have changed; a few times a second at most. */
export function followLoops(event: OrgEvent): void {
  if (concernsLoops(event)) refreshSoon()
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
