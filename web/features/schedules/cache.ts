import type { OrgEvent } from '#shared/org-event.ts'
import { gathered } from '../../kernel/gathered.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'

const refreshSoon = gathered(300, () => {
  void queryClient.invalidateQueries({ queryKey: trpc.schedules.list.pathKey() })
  void queryClient.invalidateQueries({ queryKey: trpc.schedules.runs.pathKey() })
})

/** Has the shown schedules read again when they, or the work they gave, changed; a few times a second at most. */
export function followSchedules(event: OrgEvent): void {
  if (concernsSchedules(event)) refreshSoon()
}

function concernsSchedules(event: OrgEvent): boolean {
  if (event.type.startsWith('schedule.')) return true
  if (!event.type.startsWith('delegation.')) return false
  return 'fromWorkspaceId' in event.payload && event.payload.fromWorkspaceId === null
}
