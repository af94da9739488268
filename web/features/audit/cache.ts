import type { OrgEvent } from '#shared/org-event.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'

const gatherMs = 500
let isDue = false

/** Has the shown log read again, at most twice a second. Of steps only tool calls are told there. */
export function followAudit(event: OrgEvent): void {
  if (isDue || (event.type === 'step.changed' && event.payload.kind === 'model')) return
  isDue = true
  setTimeout(() => {
    isDue = false
    for (const { pathKey } of [trpc.audit.list, trpc.audit.search, trpc.audit.state]) {
      void queryClient.invalidateQueries({ queryKey: pathKey() })
    }
  }, gatherMs)
}
