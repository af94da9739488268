import type { Change } from '#shared/acts/contract.ts'
import type { AddedFiles, AddFiles } from '#shared/files/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { requireStorage } from '../../kernel/limits/quota-store.ts'
import { recordAct } from '../acts/index.ts'
import { noWorkspace } from './not-found.ts'
import { holdOwner, lockOrMakeHead } from './store.ts'
import { writeOver } from './write-file.ts'

/** Adds new files as one act, which can be undone. One that is there already is not written over, only named. */
export async function addFiles(context: OrgContext, { workspaceId, files }: AddFiles): Promise<AddedFiles> {
  requireMay(context, 'files.edit')
  return await inTransaction(context, async (tx) => {
    if (!(await holdOwner(tx, workspaceId))) throw noWorkspace()
    await requireStorage(tx)
    const there: string[] = []
    const added: Extract<Change, { kind: 'file' }>[] = []
    // In one order for all, so that two who add the same files wait for each other and not in a ring.
    for (const { path, text } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
      const head = await lockOrMakeHead(tx, workspaceId, path)
      if (head.isThere) {
        there.push(path)
        continue
      }
      const { fileId, version } = await writeOver(tx, { workspaceId, path, text, by: context.actor }, head)
      added.push({ kind: 'file', workspaceId, fileId, path, from: null, to: version })
    }
    const [only] = added
    const name = added.length === 1 && only ? only.path : `${added.length} files`
    await recordAct(tx, context, { name: `creation of ${name}`, changes: added })
    return { added: added.map(({ path }) => path), there }
  })
}
