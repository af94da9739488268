import type { FileVersion, ListVersions } from '#shared/files/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { noFile, noWorkspace } from './not-found.ts'
import { findHead, hasOwner, listVersionsOf } from './store.ts'

const mostShown = 1_000

/** The history of a file, newest first: who saved when, and how many lines came and went. */
export async function listVersions(context: OrgContext, { workspaceId, path }: ListVersions): Promise<FileVersion[]> {
  requireMay(context, 'files.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    if (!(await hasOwner(reader, workspaceId))) throw noWorkspace()
    const head = await findHead(reader, workspaceId, path)
    if (!head) throw noFile(path)
    return await listVersionsOf(reader, head.id, mostShown)
  })
}
