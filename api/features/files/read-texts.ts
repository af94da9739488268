import { type FileTexts, maxTextsChars, maxTextsFiles } from '#shared/files/contract.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { noWorkspace } from './not-found.ts'
import { hasOwner, textsOf } from './store.ts'

/** The newest texts of a workspace's files by path, as many as fit, and the paths of those that do not. */
export async function readTexts(context: OrgContext, workspaceId: WorkspaceId): Promise<FileTexts> {
  requireMay(context, 'files.read')
  const { db, orgId } = context
  return await inSnapshot(db, orgId, async (reader) => {
    const [isThere, rows] = await Promise.all([
      hasOwner(reader, workspaceId),
      textsOf(reader, workspaceId, { files: maxTextsFiles, chars: maxTextsChars }),
    ])
    if (!isThere) throw noWorkspace()
    return {
      files: rows.flatMap(({ path, version, text }) => (text === null ? [] : { path, version, text })),
      leftOut: rows.flatMap(({ path, text }) => (text === null ? path : [])),
    }
  })
}
