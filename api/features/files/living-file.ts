import type { FileSummary } from '#shared/files/contract.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Reader } from '../../kernel/db.ts'
import { noFile, noWorkspace } from './not-found.ts'
import { findText, findVersionText, hasOwner } from './store.ts'

/** The newest version of a file; throws not-found where the file or its workspace does not live. */
export async function livingFile(
  reader: Reader,
  workspaceId: WorkspaceId,
  path: string,
): Promise<{ file: FileSummary; text: string }> {
  const [isThere, found] = await Promise.all([hasOwner(reader, workspaceId), findText(reader, workspaceId, path)])
  if (!isThere) throw noWorkspace()
  if (!found) throw noFile(path)
  return found
}

/** The text of one version; every version of a file is kept. */
export async function versionText(reader: Reader, file: FileSummary, version: number): Promise<string> {
  const text = await findVersionText(reader, file.id, version)
  if (text === undefined) throw new Error(`version ${version} of file ${file.id} is missing`)
  return text
}
