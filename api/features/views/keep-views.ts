import { AppError } from '#shared/kernel/app-error.ts'
import type { UserId } from '#shared/kernel/ids.ts'
import type { RenameView, SaveView, View, ViewInput } from '#shared/views/contract.ts'
import { mostViews } from '#shared/views/limits.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction } from '../../kernel/db.ts'
import { countOtherViews, deleteRow, selectViews, updateName, upsertView } from './store.ts'

/** The person's own, in the order in which they were made. */
export async function listViews(context: OrgContext): Promise<View[]> {
  const userId = requireKeeper(context)
  return await inSnapshot(context.db, context.orgId, (reader) => selectViews(reader, userId))
}

/** Saved again under its id a view is replaced. */
export async function saveView(context: OrgContext, { viewId, name, look }: SaveView): Promise<void> {
  const userId = requireKeeper(context)
  await inTransaction(context, async (tx) => {
    if ((await countOtherViews(tx, userId, viewId)) >= mostViews) {
      throw new AppError('conflict', `You keep ${mostViews} views of this org already.`, { fix: 'Delete one first.' })
    }
    await upsertView(tx, userId, { id: viewId, name, look })
  })
}

export async function renameView(context: OrgContext, { viewId, name }: RenameView): Promise<void> {
  const userId = requireKeeper(context)
  await inTransaction(context, async (tx) => {
    if (!(await updateName(tx, userId, viewId, name))) throw gone()
  })
}

export async function deleteView(context: OrgContext, { viewId }: ViewInput): Promise<void> {
  const userId = requireKeeper(context)
  await inTransaction(context, async (tx) => {
    if (!(await deleteRow(tx, userId, viewId))) throw gone()
  })
}

function gone(): AppError {
  return new AppError('not-found', 'There is no such view.', { fix: 'It may have been deleted in another window.' })
}

function requireKeeper(context: OrgContext): UserId {
  requireMay(context, 'views.keep')
  if (context.actor.kind === 'person') return context.actor.userId
  throw new AppError('forbidden', 'Views are kept by people.', { fix: 'Sign in and look for yourself.' })
}
