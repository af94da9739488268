import type { OrgId } from '#shared/kernel/ids.ts'
import type { OrgEvent } from '#shared/org-event.ts'
import { queryClient, trpc } from '../../../kernel/trpc.ts'

const everyMs = 200
const due = new Set<OrgId>()

/** Has the lists and traces that are shown read again, at most five times a second however much happens. */
export function followWork({ orgId }: OrgEvent): void {
  if (due.has(orgId)) return
  due.add(orgId)
  setTimeout(() => {
    due.delete(orgId)
    void queryClient.invalidateQueries({ queryKey: trpc.delegations.list.pathKey() })
    void queryClient.invalidateQueries({ queryKey: trpc.delegations.get.pathKey() })
    void queryClient.invalidateQueries({ queryKey: trpc.delegations.tree.pathKey() })
    void queryClient.invalidateQueries({ queryKey: trpc.replays.compare.pathKey() })
    void queryClient.invalidateQueries({ queryKey: trpc.replays.relatives.pathKey() })
  }, everyMs)
}
