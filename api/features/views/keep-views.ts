import { randomUUID } from 'node:crypto'
import { AppError } from '#shared/kernel/app-error.ts'
import type { UserId } from '#shared/kernel/ids.ts'
import type { KeepLook, KeptLook, RenameView, SaveView, View, ViewInput } from '#shared/views/contract.ts'
import { mostViews } from '#shared/views/limits.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction } from '../../kernel/db.ts'
import {
  countOtherViews,
  deleteRow,
  selectLastLook,
  selectViews,
  updateName,
  upsertLastLook,
  upsertView,
} from './store.ts'

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

/** How the person left the graph in whichever browser; null before they ever moved anything. */
export async function readLastLook(context: OrgContext): Promise<KeptLook | null> {
  const userId = requireKeeper(context)
  return (await inSnapshot(context.db, context.orgId, (reader) => selectLastLook(reader, userId))) ?? null
}

export async function keepLastLook(context: OrgContext, { look }: KeepLook): Promise<{ stamp: string }> {
  const userId = requireKeeper(context)
  const stamp = randomUUID()
  await inTransaction(context, (tx) => upsertLastLook(tx, userId, { look, stamp }))
  return { stamp }
}

function gone(): AppError {
  return new AppError('not-found', 'There is no such view.', { fix: 'It may have been deleted in another window.' })
}

function requireKeeper(context: OrgContext): UserId {
  requireMay(context, 'views.keep')
  if (context.actor.kind === 'person') return context.actor.userId
  throw new AppError('forbidden', 'Views are kept by people.', { fix: 'Sign in and look for yourself.' })
}
