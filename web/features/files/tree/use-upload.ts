import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { client, queryClient, trpc } from '../../../kernel/trpc.ts'
import { notify } from '../../../ui/toast.ts'
import type { Dropped } from './gather-drop.ts'
import { readUpload } from './read-upload.ts'

type Refused = { path: string; why: string }

/** Saves given files as new texts; one that is there already is not written over. Says what became of each. */
export function useUpload(workspace: { orgId: OrgId; workspaceId: WorkspaceId }) {
  return async (given: readonly Dropped[], folder: string): Promise<string[]> => {
    const saved: string[] = []
    const refused: Refused[] = []
    for (const { path, file } of given) {
      const read = readUpload(folder === '' ? path : `${folder}/${path}`, new Uint8Array(await file.arrayBuffer()))
      if (!read.ok) {
        refused.push(read)
        continue
      }
      try {
        await client.files.save.mutate({ ...workspace, path: read.path, text: read.text, baseVersion: 0 })
        saved.push(read.path)
      } catch (error) {
        const { code, message } = readProblem(error)
        refused.push({ path: read.path, why: code === 'conflict' ? 'A file of this name is there already.' : message })
      }
    }
    await queryClient.invalidateQueries({ queryKey: trpc.files.list.queryKey(workspace) })
    tell(saved, refused)
    return saved
  }
}

function tell(saved: readonly string[], refused: readonly Refused[]): void {
  if (saved.length > 0) {
    notify({ title: saved.length === 1 ? `${saved[0]} was added` : `${saved.length} files were added`, tone: 'done' })
  }
  const [first, ...more] = refused
  if (!first) return
  const others = more.length > 0 ? ` And ${more.length} more were not added.` : ''
  notify({ title: `${first.path} was not added`, detail: `${first.why}${others}`, tone: 'failed' })
}
