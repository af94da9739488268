import type { OrgEvent } from '#shared/org-event.ts'
import { gathered } from '../../kernel/gathered.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'

const refreshSoon = gathered(200, () => void queryClient.invalidateQueries({ queryKey: trpc.secrets.pathKey() }))

/** Has what is shown of secrets, and of who lacks which, read again, a few times a second at most. */
export function followSecrets(event: OrgEvent): void {
  if (touchesSecrets(event)) refreshSoon()
}

function touchesSecrets({ type }: OrgEvent): boolean {
  switch (type) {
    case 'secret.set':
    case 'secret.deleted':
    case 'secret.restored':
    case 'secrets.rewrapped':
    case 'secrets.rotation-started':
    case 'org.rehearsal-switched':
    case 'workspace.created':
    case 'workspace.deleted':
    case 'workspace.restored':
    case 'file.saved':
    case 'template.imported':
      return true
    default:
      return false
  }
}
