import type { OrgEvent } from '#shared/org-event.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'

const gatherMs = 300
let isDue = false

/** Has the shown log read again, at most a few times a second. Steps are told by the traces. */
export function followAudit(event: OrgEvent): void {
  if (event.type === 'step.changed' || isDue) return
  isDue = true
  setTimeout(() => {
    isDue = false
    void queryClient.invalidateQueries({ queryKey: trpc.audit.list.pathKey() })
  }, gatherMs)
}
