import { OrgInput } from '#shared/orgs/contract.ts'
import { PastAt, PastEvents } from '#shared/past/contract.ts'
import { requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { rangeOf, seek } from './seek.ts'
import { selectEvents } from './store.ts'

/** The org as it was. */
export const pastRouter = router({
  at: orgProcedure.input(PastAt).query(({ ctx, input }) => seek(ctx.org, input.moment)),
  events: orgProcedure.input(PastEvents).query(async ({ ctx, input }) => {
    requireMay(ctx.org, 'past.read')
    return await inSnapshot(ctx.org.db, ctx.org.orgId, (reader) =>
      selectEvents(reader, input.afterSeq, Number.MAX_SAFE_INTEGER, input.limit),
    )
  }),
  range: orgProcedure.input(OrgInput).query(({ ctx }) => rangeOf(ctx.org)),
})
