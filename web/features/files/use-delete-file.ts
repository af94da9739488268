import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'

/** Deletes a file and offers to bring it back with the text it had. */
export function useDeleteFile(workspace: { orgId: OrgId; workspaceId: WorkspaceId }): (path: string) => void {
  const reread = () => queryClient.invalidateQueries({ queryKey: trpc.files.list.queryKey(workspace) })
  const remove = async (path: string) => {
    const { text } = await client.files.read.query({ ...workspace, path })
    await client.files.delete.mutate({ ...workspace, path })
    await reread()
    const undo = async () => {
      await client.files.save.mutate({ ...workspace, path, text, baseVersion: 0 })
      await reread()
    }
    notify({ title: `${path} was deleted`, action: { label: 'Undo', run: () => void undo().catch(tell) } })
  }
  return (path) => void remove(path).catch(tell)
}

function tell(error: unknown): void {
  const { message, fix } = readProblem(error)
  notify({ title: message, detail: fix, tone: 'failed' })
}
