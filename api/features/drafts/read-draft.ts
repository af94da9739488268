import type { ReadDraft, SharedDraft } from '#shared/drafts/contract.ts'
import { updateSince } from '#shared/drafts/text-doc.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction, type Reader } from '../../kernel/db.ts'
import { tellAside } from '../../kernel/presence/asides.ts'
import { livingFile, versionText } from '../files/index.ts'
import { followHead } from './follow-head.ts'
import { findDraft, lockDraft, readUpdates, updateDraft } from './store.ts'

/** A file with what people typed over it and have not saved. */
export async function readDraft(context: OrgContext, input: ReadDraft): Promise<SharedDraft> {
  requireMay(context, 'files.read')
  return await inSnapshot(context.db, context.orgId, (reader) => present(reader, input))
}

/** The same, after what was saved from outside was merged into what is typed, where that can be done by itself. */
export async function followSaved(context: OrgContext, input: ReadDraft): Promise<SharedDraft> {
  requireMay(context, 'files.edit')
  const { followed, shared } = await inTransaction(context, async (tx) => {
    const head = await livingFile(tx, input.workspaceId, input.path)
    const draft = await lockDraft(tx, head.file.id)
    const result = draft && (await followHead(tx, head, draft))
    if (draft && result === 'merged') await updateDraft(tx, head.file.id, draft)
    return { followed: result, shared: await present(tx, input) }
  })
  if (followed === 'merged') {
    const { seq, root, base, file } = shared
    tellAside(context.db, context.orgId, {
      ...{ kind: 'draft', fileId: file.id, seq },
      ...{ root: root.version, base: base.version, update: null },
    })
  }
  return shared
}

async function present(reader: Reader, { workspaceId, path, have }: ReadDraft): Promise<SharedDraft> {
  const { file, text } = await livingFile(reader, workspaceId, path)
  const draft = await findDraft(reader, file.id)
  const head = { version: file.version, text }
  if (!draft) return { file, root: head, base: head, theirs: null, seq: 0, update: '', authors: [] }
  const textAt = async (version: number) => ({
    version,
    text: version === file.version ? text : await versionText(reader, file, version),
  })
  const isKnown = have?.root === draft.root
  const [root, base, updates] = await Promise.all([
    isKnown ? { version: draft.root, text: '' } : textAt(draft.root),
    textAt(draft.base),
    readUpdates(reader, file.id),
  ])
  const vector = isKnown && have ? Buffer.from(have.vector, 'base64') : undefined
  return {
    ...{ file, root, base, seq: draft.seq },
    theirs: base.version < file.version ? { ...head, savedBy: file.savedBy, savedAt: file.savedAt } : null,
    update: updates.length === 0 ? '' : Buffer.from(updateSince(updates, vector)).toString('base64'),
    authors: draft.authors.map(({ name }) => name),
  }
}
