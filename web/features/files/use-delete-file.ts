import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import { doing } from '../acts/index.ts'

/** Deletes a file; can be undone. */
export function useDeleteFile(workspace: { orgId: OrgId; workspaceId: WorkspaceId }): (path: string) => void {
  const remove = (path: string) =>
    doing(
      workspace.orgId,
      async (asAct) => {
        await client.files.delete.mutate({ ...workspace, path, asAct })
        await queryClient.invalidateQueries({ queryKey: trpc.files.list.queryKey(workspace) })
      },
      () => `${path} was deleted`,
    )
  return (path) => void remove(path).catch(tell)
}

function tell(error: unknown): void {
  const { message, fix } = readProblem(error)
  notify({ title: message, detail: fix, tone: 'failed' })
}
