import type { OrgEvent } from '#shared/org-event.ts'
import { gathered } from '../../kernel/gathered.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'

const refreshSoon = gathered(200, () => void queryClient.invalidateQueries({ queryKey: trpc.chat.pathKey() }))

/** Has what is shown of conversations read again when work goes on, at most five times a second. */
export function followChat({ type }: OrgEvent): void {
  const concerns = type.startsWith('delegation.') || type.startsWith('approval.')
  if (concerns || type === 'step.changed' || type === 'message.sent') refreshSoon()
}
