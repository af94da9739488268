import type { OrgEvent } from '#shared/org-event.ts'
import { gathered } from '../../kernel/gathered.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'

const refreshSoon = gathered(500, () => {
  for (const { pathKey } of [trpc.audit.list, trpc.audit.search, trpc.audit.state]) {
    void queryClient.invalidateQueries({ queryKey: pathKey() })
  }
})

/** Has the shown log read again, at most twice a second. Of steps only tool calls are told there. */
export function followAudit(event: OrgEvent): void {
  if (event.type === 'step.changed' && event.payload.kind === 'model') return
  refreshSoon()
}
