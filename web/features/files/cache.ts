import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgEventOf } from '#shared/org-event.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import { tellRenamed } from './renames.ts'
import { forgetUnsaved } from './unsaved.ts'

type FileEvent = OrgEventOf<'file.saved'> | OrgEventOf<'file.renamed'> | OrgEventOf<'file.deleted'>

/** Hears what happens to files and has what is shown of them read again. */
export function followFiles({ orgId, payload }: FileEvent): void {
  const { workspaceId, path } = payload
  const paths = 'fromPath' in payload ? [path, payload.fromPath] : [path]
  const shown = [
    trpc.files.list.queryKey({ orgId, workspaceId }),
    ...paths.map((one) => trpc.files.read.queryKey({ orgId, workspaceId, path: one })),
    ...paths.map((one) => trpc.files.versions.queryKey({ orgId, workspaceId, path: one })),
  ]
  if ('fromPath' in payload) followRename({ orgId, workspaceId }, payload.fromPath, path)
  for (const one of paths) forgetUnsaved(workspaceId, one)
  for (const queryKey of shown) void queryClient.invalidateQueries({ queryKey, exact: true })
}

/** The list first: a tab of a path that is not in it would be closed. */
function followRename(workspace: { orgId: OrgId; workspaceId: WorkspaceId }, from: string, to: string): void {
  queryClient.setQueryData(trpc.files.list.queryKey(workspace), (files) =>
    files?.map((file) => (file.path === from ? { ...file, path: to } : file)),
  )
  tellRenamed(workspace.workspaceId, from, to)
}
