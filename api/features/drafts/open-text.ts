import { maxDraftBytes } from '#shared/drafts/contract.ts'
import { compacted, isTextUpdate } from '#shared/drafts/text-doc.ts'
import type { FileSummary } from '#shared/files/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { type Actor, actorName, eventActor } from '../../kernel/actor.ts'
import type { Tx } from '../../kernel/db.ts'
import { versionText } from '../files/index.ts'
import { type Author, type Draft, insertUpdate, keepState, lockDraft, makeDraft, readUpdates } from './store.ts'

/** Updates kept one by one; then they are put together. */
const mostUpdates = 100

/** The locked draft of a file that begins with that version; made at the first thing typed. Throws where it begins with another. */
export async function openText(tx: Tx, file: FileSummary, root: number): Promise<Draft> {
  const known = await lockDraft(tx, file.id)
  if (known && known.root !== root) throw beganAnew()
  if (known) return known
  if (root < 1 || root > file.version) throw beganAnew()
  await makeDraft(tx, file.id, root)
  return await openText(tx, file, root)
}

/** What a client sends, if it is an update of a text. */
export function readUpdate(base64: string): Uint8Array {
  const update = Buffer.from(base64, 'base64')
  if (isTextUpdate(update)) return update
  throw new AppError('bad-input', 'This is no update of a text.', { field: 'update' })
}

/** Takes one more update, and puts all together where they have become many or large. `draft` is as it is afterwards. */
export async function takeUpdate(
  tx: Tx,
  file: FileSummary,
  draft: Draft,
  { update, by }: { update: Uint8Array; by: Author | undefined },
): Promise<void> {
  draft.seq += 1
  draft.bytes += update.byteLength
  if (by && !draft.authors.some(({ id }) => id === by.id)) draft.authors.push(by)
  if (draft.bytes <= maxDraftBytes && draft.seq - draft.stateSeq < mostUpdates) {
    await insertUpdate(tx, file.id, draft.seq, update)
    return
  }
  const { state } = compacted(await versionText(tx, file, draft.root), [...(await readUpdates(tx, file.id)), update])
  if (state.byteLength > maxDraftBytes) {
    throw new AppError('too-large', `${file.path}: more was typed than is kept without a save.`, {
      fix: 'Save it; then there is room again.',
    })
  }
  await keepState(tx, file.id, draft.seq, state)
  draft.bytes = state.byteLength
  draft.stateSeq = draft.seq
}

export function authorOf(actor: Actor): Author {
  return { id: eventActor(actor).id, name: actorName(actor) }
}

function beganAnew(): AppError {
  return new AppError('conflict', 'The shared text of this file began anew.', {
    field: 'root',
    fix: 'Read it again; what you typed is merged into it.',
  })
}
