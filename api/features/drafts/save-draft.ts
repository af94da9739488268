import type { SaveDraft, SavedDraft } from '#shared/drafts/contract.ts'
import { compacted, withPlainEnds } from '#shared/drafts/text-doc.ts'
import type { FileText } from '#shared/files/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { requireStorage } from '../../kernel/limits/quota-store.ts'
import { tellAside } from '../../kernel/presence/asides.ts'
import { livingFile, lockText, saveConflict, versionText, writeFile } from '../files/index.ts'
import { followHead } from './follow-head.ts'
import { authorOf, openText, readUpdate, takeUpdate } from './open-text.ts'
import { type Draft, keepState, readUpdates, updateDraft } from './store.ts'

/** So many times its text may a document hold of what was deleted; beyond, it begins anew with the version saved. */
const mostOverhead = 3
const alwaysAllowed = 200_000

/**
 * Makes the shared text, with what the saver typed last, the next version; all who typed since the last one are its authors.
 * A version saved from outside is merged first; where that needs a person the answer is conflict with both texts, until it
 * is said that this version is saved `over`.
 */
export async function saveDraft(context: OrgContext, input: SaveDraft): Promise<SavedDraft> {
  requireMay(context, 'files.edit')
  const { workspaceId, path } = input
  const update = input.update === null ? undefined : readUpdate(input.update)
  const by = authorOf(context.actor)
  const { saved, draft } = await inTransaction(context, async (tx) => {
    await lockText(tx, workspaceId, path)
    const head = await livingFile(tx, workspaceId, path)
    await requireStorage(tx)
    const open = await openText(tx, head.file, input.root)
    if (update) await takeUpdate(tx, head.file, open, { update, by })
    await bringUp(tx, head, open, input.over)
    const rootText = await versionText(tx, head.file, open.root)
    const { text, state } = compacted(rootText, await readUpdates(tx, head.file.id))
    const others = open.authors.filter(({ id }) => id !== by.id).map(({ name }) => name)
    const { version } = await writeFile(tx, { workspaceId, path, text, by: context.actor, with: others })
    const isHeavy = state.byteLength > mostOverhead * text.length + alwaysAllowed
    await keepState(tx, head.file.id, open.seq, isHeavy ? new Uint8Array() : state)
    const bytes = isHeavy ? 0 : state.byteLength
    const next: Draft = { ...open, base: version, authors: [], bytes, root: isHeavy ? version : open.root }
    await updateDraft(tx, head.file.id, next)
    return { saved: await livingFile(tx, workspaceId, path), draft: next }
  })
  const { seq, root, base } = draft
  tellAside(context.db, context.orgId, { kind: 'draft', fileId: saved.file.id, seq, root, base, update: null })
  return { ...saved, root, seq }
}

async function bringUp(tx: Tx, head: FileText, draft: Draft, over: number | undefined): Promise<void> {
  if (over === head.file.version) {
    draft.base = over
    return
  }
  if ((await followHead(tx, head, draft)) !== 'conflict') return
  const { file } = head
  const base = { version: draft.base, text: withPlainEnds(await versionText(tx, file, draft.base)) }
  throw saveConflict({ ...file, text: head.text }, base)
}
