import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgEventOf } from '#shared/org-event.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import { heldHere } from '../drafts/index.ts'
import { isListening, tellRenamed } from './renames.ts'
import { renameStoredTab } from './tabs/stored-tabs.ts'
import { forgetUnsaved, moveUnsaved } from './unsaved.ts'

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
  else forgetUnsaved(workspaceId, path)
  for (const queryKey of shown) void queryClient.invalidateQueries({ queryKey, exact: true })
}

/**
 * The open tabs of a file go where it went, also those that are only remembered. One whose text holds what nobody saved stays:
 * at the new path that text would begin anew, without what is not on the server. Heard a second time it changes nothing.
 */
export function followRename(workspace: { orgId: OrgId; workspaceId: WorkspaceId }, from: string, to: string): void {
  const { workspaceId } = workspace
  // The list first: a tab of a path that is not in it would be closed.
  queryClient.setQueryData(trpc.files.list.queryKey(workspace), (files) =>
    files?.map((file) => (file.path === from ? { ...file, path: to } : file)),
  )
  const held = heldHere({ workspaceId, path: from })
  const isShown = isListening(workspaceId)
  // Nobody is writing in a text that is not on the screen: then it is enough that the server has it all.
  const stays = held === 'unsent' || (isShown && held === 'unsaved')
  if (!stays) moveUnsaved(workspaceId, from, to)
  if (isShown) tellRenamed(workspaceId, { from, to, stays })
  else if (!stays) renameStoredTab(workspaceId, from, to)
}
