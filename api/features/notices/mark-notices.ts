import type { MarkAllNotices, MarkNotices, MuteNotices } from '#shared/notices/contract.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { requireReader } from './read-notices.ts'
import { insertReadSeqs, updateMuted, updateReadUpTo } from './store.ts'

/** These few were read. */
export async function markNotices(context: OrgContext, { seqs }: MarkNotices): Promise<void> {
  const userId = requireReader(context)
  await inTransaction(context, (tx) => insertReadSeqs(tx, userId, seqs))
}

/** Everything up to this one was read; what came since is not, for nobody saw it. */
export async function markAllNotices(context: OrgContext, { upTo }: MarkAllNotices): Promise<void> {
  const userId = requireReader(context)
  await inTransaction(context, (tx) => updateReadUpTo(tx, userId, upTo))
}

/** The kinds this person wants to hear nothing of, in place of those before. */
export async function muteNotices(context: OrgContext, { kinds }: MuteNotices): Promise<void> {
  const userId = requireReader(context)
  await inTransaction(context, (tx) => updateMuted(tx, userId, kinds))
}
