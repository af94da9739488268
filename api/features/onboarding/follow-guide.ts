import { AppError } from '#shared/kernel/app-error.ts'
import type { UserId } from '#shared/kernel/ids.ts'
import type { Guide, MarkGuide, ShowGuide } from '#shared/onboarding/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction } from '../../kernel/db.ts'
import { deleteDone, insertDone, selectGuide, updateHidden } from './store.ts'

export async function getGuide(context: OrgContext): Promise<Guide> {
  const userId = requireFollower(context)
  return await inSnapshot(context.db, context.orgId, (reader) => selectGuide(reader, userId))
}

/** The person has done this act; done again it stays done. */
export async function markGuide(context: OrgContext, { act }: MarkGuide): Promise<void> {
  const userId = requireFollower(context)
  await inTransaction(context, (tx) => insertDone(tx, userId, act))
}

/** Puts the guide away, or has it back, from its first act where that was asked for. */
export async function showGuide(context: OrgContext, { isHidden, isAfresh }: ShowGuide): Promise<void> {
  const userId = requireFollower(context)
  await inTransaction(context, async (tx) => {
    await updateHidden(tx, userId, isHidden)
    if (isAfresh) await deleteDone(tx, userId)
  })
}

function requireFollower(context: OrgContext): UserId {
  requireMay(context, 'onboarding.follow')
  if (context.actor.kind === 'person') return context.actor.userId
  throw new AppError('forbidden', 'The guide is for people.', { fix: 'Sign in and follow it yourself.' })
}
