import { AppError } from '#shared/kernel/app-error.ts'
import type { UserId } from '#shared/kernel/ids.ts'
import type { ListNotices, NoticePage, NoticeState } from '#shared/notices/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { countUnread, mutedKinds, selectMarks, selectNotices } from './store.ts'

/** What the log holds for this person, newest first; what they muted is left out. */
export async function listNotices(context: OrgContext, input: ListNotices): Promise<NoticePage> {
  const userId = requireReader(context)
  const { limit, before = Number.MAX_SAFE_INTEGER } = input
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const marks = await selectMarks(reader, userId)
    const notices = await selectNotices(reader, userId, marks, { before, limit })
    return { notices, next: notices.length < limit ? null : (notices.at(-1)?.seq ?? null) }
  })
}

export async function getNoticeState(context: OrgContext): Promise<NoticeState> {
  const userId = requireReader(context)
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const marks = await selectMarks(reader, userId)
    return { unread: await countUnread(reader, userId, marks), muted: mutedKinds(marks) }
  })
}

/** Marks are a person's; who else asks is refused. */
export function requireReader(context: OrgContext): UserId {
  requireMay(context, 'notices.read')
  if (context.actor.kind === 'person') return context.actor.userId
  throw new AppError('forbidden', 'Notices are for people.', { fix: 'Sign in and read them yourself.' })
}
