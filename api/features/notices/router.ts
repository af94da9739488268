import { ListNotices, MarkAllNotices, MarkNotices, MuteNotices } from '#shared/notices/contract.ts'
import { OrgInput } from '#shared/orgs/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { markAllNotices, markNotices, muteNotices } from './mark-notices.ts'
import { getNoticeState, listNotices } from './read-notices.ts'

/** What of the log concerns whoever asks. */
export const noticesRouter = router({
  list: orgProcedure.input(ListNotices).query(({ ctx, input }) => listNotices(ctx.org, input)),
  state: orgProcedure.input(OrgInput).query(({ ctx }) => getNoticeState(ctx.org)),
  mark: orgProcedure.input(MarkNotices).mutation(({ ctx, input }) => markNotices(ctx.org, input)),
  markAll: orgProcedure.input(MarkAllNotices).mutation(({ ctx, input }) => markAllNotices(ctx.org, input)),
  mute: orgProcedure.input(MuteNotices).mutation(({ ctx, input }) => muteNotices(ctx.org, input)),
})
