import type { PushDraft, PushedDraft } from '#shared/drafts/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { requireStorage } from '../../kernel/limits/quota-store.ts'
import { tellAside } from '../../kernel/presence/asides.ts'
import { livingFile } from '../files/index.ts'
import { authorOf, openText, readUpdate, takeUpdate } from './open-text.ts'
import { updateDraft } from './store.ts'

/** Keeps what was typed and tells it to all who have the file open. The same update sent again changes nothing. */
export async function pushDraft(context: OrgContext, input: PushDraft): Promise<PushedDraft> {
  requireMay(context, 'files.edit')
  const { db, orgId, actor } = context
  const update = readUpdate(input.update)
  const { draft, fileId } = await inTransaction(context, async (tx) => {
    const { file } = await livingFile(tx, input.workspaceId, input.path)
    await requireStorage(tx)
    const open = await openText(tx, file, input.root)
    await takeUpdate(tx, file, open, { update, by: authorOf(actor) })
    await updateDraft(tx, file.id, open)
    return { draft: open, fileId: file.id }
  })
  const { seq, root, base } = draft
  tellAside(db, orgId, { kind: 'draft', fileId, seq, root, base, update: input.update })
  return { seq }
}
