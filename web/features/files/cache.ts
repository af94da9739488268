import type { OrgEventOf } from '#shared/org-event.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'

/** Hears what happens to files and has what is shown of them read again. */
export function followFiles({ orgId, payload }: OrgEventOf<'file.saved'> | OrgEventOf<'file.deleted'>): void {
  const { workspaceId, path } = payload
  const shown = [
    trpc.files.list.queryKey({ orgId, workspaceId }),
    trpc.files.read.queryKey({ orgId, workspaceId, path }),
    trpc.files.versions.queryKey({ orgId, workspaceId, path }),
  ]
  for (const queryKey of shown) void queryClient.invalidateQueries({ queryKey, exact: true })
}
