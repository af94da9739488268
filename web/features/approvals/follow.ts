import type { OrgEvent } from '#shared/org-event.ts'
import { gathered } from '../../kernel/gathered.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import { showBanner } from './ask.ts'

const refreshSoon = gathered(200, () => void refreshApprovals())

/** Has what waits, what was answered and the rules read again; a few times a second at most. */
export function followApprovals(event: OrgEvent): void {
  if (!event.type.startsWith('approval.')) return
  if (event.type === 'approval.requested') showBanner()
  refreshSoon()
}

export async function refreshApprovals(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: trpc.approvals.pathKey() })
}

/** What a workspace may do with tools and files of others follows from the rules, its config and where it stands. */
export function followAccess(event: OrgEvent): void {
  const isOfConfig = event.type === 'file.saved' && event.payload.path === 'config.yaml'
  if (!isOfConfig && event.type !== 'workspace.moved' && event.type !== 'approval.rules-changed') return
  void queryClient.invalidateQueries({ queryKey: trpc.tools.access.pathKey() })
  void queryClient.invalidateQueries({ queryKey: trpc.workspaces.mounts.pathKey() })
}
