import type { OrgEvent } from '#shared/org-event.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'

const gatherMs = 300
let isDue = false

/** Has the shown schedules read again when they, or the work they gave, changed; a few times a second at most. */
export function followSchedules(event: OrgEvent): void {
  if (isDue || !concernsSchedules(event)) return
  isDue = true
  setTimeout(() => {
    isDue = false
    void queryClient.invalidateQueries({ queryKey: trpc.schedules.list.pathKey() })
    void queryClient.invalidateQueries({ queryKey: trpc.schedules.runs.pathKey() })
  }, gatherMs)
}

function concernsSchedules(event: OrgEvent): boolean {
  if (event.type.startsWith('schedule.')) return true
  if (!event.type.startsWith('delegation.')) return false
  return 'fromWorkspaceId' in event.payload && event.payload.fromWorkspaceId === null
}
