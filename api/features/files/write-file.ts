import { FilePath, type FileSummary } from '#shared/files/contract.ts'
import { countLineChanges } from '#shared/files/line-diff.ts'
import { configPath } from '#shared/files/paths.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { FileId, WorkspaceId } from '#shared/kernel/ids.ts'
import { type Actor, actorName, eventActor } from '../../kernel/actor.ts'
import type { Tx } from '../../kernel/db.ts'
import { checkText } from './check-text.ts'
import { noWorkspace } from './not-found.ts'
import { parseConfig } from './parse-config.ts'
import { countFiles, type Head, holdOwner, insertVersion, lockOrMakeHead } from './store.ts'

/** Of one workspace. */
export const maxFiles = 1_000

export type WriteFile = {
  workspaceId: WorkspaceId
  path: string
  text: string
  by: Actor
  /** Who else typed it. */
  with?: readonly string[]
  /** An import wrote it: a later edit is told from it. */
  fromTemplate?: boolean
  restoredFrom?: number
}

export type Written = Pick<FileSummary, 'version'> & { fileId: FileId }

/**
 * Creates a file or adds a version and tells file.saved; a text that is there already adds none. A file deleted before goes
 * on where its history ended. Throws not-found for a workspace that does not live, and refuses a config that does not hold.
 */
export async function writeFile(tx: Tx, input: WriteFile): Promise<Written> {
  if (!FilePath.safeParse(input.path).success) {
    throw new AppError('bad-input', `${JSON.stringify(input.path)} cannot be the path of a file.`, { field: 'path' })
  }
  if (!(await holdOwner(tx, input.workspaceId))) throw noWorkspace()
  return await writeOver(tx, input, await lockOrMakeHead(tx, input.workspaceId, input.path))
}

/** The same where the head is already locked. */
export async function writeOver(tx: Tx, input: WriteFile, head: Head): Promise<Written> {
  const { workspaceId, path, text, by } = input
  const bytes = checkText(path, text)
  const config = path === configPath ? parseConfig(text) : undefined
  const fileId = head.id
  if (head.isThere && head.text === text) return { fileId, version: head.version }
  if (!head.isThere) await requireRoom(tx, workspaceId)

  const version = head.version + 1
  const { added, removed } = countLineChanges(head.isThere ? head.text : '', text)
  await insertVersion(tx, {
    ...{ fileId, version, text, bytes, config },
    ...{ linesAdded: added, linesRemoved: removed },
    restoredFrom: input.restoredFrom ?? null,
    isFromTemplate: input.fromTemplate ?? false,
    savedBy: eventActor(by),
    savedByName: namesOf(actorName(by), input.with ?? []),
  })
  tx.tell({ type: 'file.saved', payload: { workspaceId, fileId, path, version } })
  return { fileId, version }
}

/** "Ada with Bo and Cy", in the length that is kept of names. */
function namesOf(saver: string, others: readonly string[]): string {
  const [last, ...before] = others.toReversed()
  if (last === undefined) return saver
  const rest = before.length > 0 ? `${before.toReversed().join(', ')} and ${last}` : last
  return `${saver} with ${rest}`.slice(0, 300)
}

async function requireRoom(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  if ((await countFiles(tx, workspaceId)) < maxFiles) return
  throw new AppError('too-large', `A workspace may hold at most ${maxFiles} files.`, { fix: 'Delete files first.' })
}
