import type { FileText, ReadFile } from '#shared/files/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { noFile, noWorkspace } from './not-found.ts'
import { findHead, findText, hasOwner } from './store.ts'

/** A file's text: the newest, or the version asked for; `file` then describes that version. */
export async function readFile(context: OrgContext, input: ReadFile): Promise<FileText> {
  requireMay(context, 'files.read')
  const { db, orgId } = context
  const { workspaceId, path, version } = input
  return await inSnapshot(db, orgId, async (reader) => {
    const [isThere, found] = await Promise.all([
      hasOwner(reader, workspaceId),
      findText(reader, workspaceId, path, version),
    ])
    if (!isThere) throw noWorkspace()
    if (found) return found
    if (version === undefined || !(await findHead(reader, workspaceId, path))) throw noFile(path)
    throw new AppError('not-found', `${path} has no version ${version}.`, { field: 'version' })
  })
}
