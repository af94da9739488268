import { ListActivity, SearchAudit, SetRetention } from '#shared/audit/contract.ts'
import { OrgInput } from '#shared/orgs/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { listActivity } from './list-activity.ts'
import { setRetention } from './retention.ts'
import { listActors, searchLog } from './search-log.ts'
import { getAuditState, verifyNewest } from './verify-log.ts'

export const auditRouter = router({
  list: orgProcedure.input(ListActivity).query(({ ctx, input }) => listActivity(ctx.org, input)),
  search: orgProcedure.input(SearchAudit).query(({ ctx, input }) => searchLog(ctx.org, input)),
  actors: orgProcedure.input(OrgInput).query(({ ctx }) => listActors(ctx.org)),
  state: orgProcedure.input(OrgInput).query(({ ctx }) => getAuditState(ctx.org)),
  verify: orgProcedure.input(OrgInput).query(({ ctx }) => verifyNewest(ctx.org)),
  setRetention: orgProcedure.input(SetRetention).mutation(({ ctx, input }) => setRetention(ctx.org, input)),
})
