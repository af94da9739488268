import { FilePath } from '#shared/files/contract.ts'
import { countLineChanges } from '#shared/files/line-diff.ts'
import { configPath } from '#shared/files/paths.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { FileId, type WorkspaceId } from '#shared/kernel/ids.ts'
import { type Actor, actorName, eventActor } from '../../kernel/actor.ts'
import type { Tx } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { checkText } from './check-text.ts'
import { parseConfig } from './parse-config.ts'
import { insertFirstVersions } from './store.ts'
import { maxFiles } from './write-file.ts'

type NewFile = { workspaceId: WorkspaceId; path: string; text: string; isFromTemplate: boolean }

/**
 * The first files of workspaces that this transaction made, so nobody else can know them yet: in two statements however many
 * they are. Tells file.saved of each; refuses what `writeFile` refuses.
 */
export async function writeNewFiles(tx: Tx, { by, files }: { by: Actor; files: readonly NewFile[] }): Promise<void> {
  if (files.length === 0) return
  for (const [, ofOne] of Map.groupBy(files, (file) => file.workspaceId)) {
    if (ofOne.length > maxFiles)
      throw new AppError('too-large', `A workspace may hold at most ${maxFiles} files.`, { fix: 'Leave some out.' })
  }
  const made = files.map(({ workspaceId, path, text, isFromTemplate }) => {
    if (!FilePath.safeParse(path).success) {
      throw new AppError('bad-input', `${JSON.stringify(path)} cannot be the path of a file.`, { field: 'path' })
    }
    return {
      ...{ workspaceId, path, text, isFromTemplate },
      fileId: FileId.parse(uuidv7()),
      bytes: checkText(path, text),
      linesAdded: countLineChanges('', text).added,
      config: path === configPath ? parseConfig(text) : null,
    }
  })
  await insertFirstVersions(tx, { savedBy: eventActor(by), savedByName: actorName(by), files: made })
  for (const { workspaceId, fileId, path } of made) {
    tx.tell({ type: 'file.saved', payload: { workspaceId, fileId, path, version: 1 } })
  }
}
