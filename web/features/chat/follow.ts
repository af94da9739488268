import type { OrgEvent } from '#shared/org-event.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'

const everyMs = 200
let isDue = false

/** Has what is shown of conversations read again when work goes on, at most five times a second. */
export function followChat({ type }: OrgEvent): void {
  const concerns = type.startsWith('delegation.') || type.startsWith('approval.')
  if (isDue || !(concerns || type === 'step.changed' || type === 'message.sent')) return
  isDue = true
  setTimeout(() => {
    isDue = false
    void queryClient.invalidateQueries({ queryKey: trpc.chat.pathKey() })
  }, everyMs)
}
