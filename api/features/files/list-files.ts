import type { FileSummary } from '#shared/files/contract.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { noWorkspace } from './not-found.ts'
import { hasOwner, listSummaries } from './store.ts'

/** The files of a workspace by path. */
export async function listFiles(context: OrgContext, workspaceId: WorkspaceId): Promise<FileSummary[]> {
  requireMay(context, 'files.read')
  const { db, orgId } = context
  return await inSnapshot(db, orgId, async (reader) => {
    const [isThere, files] = await Promise.all([hasOwner(reader, workspaceId), listSummaries(reader, workspaceId)])
    if (!isThere) throw noWorkspace()
    return files
  })
}
