import { ListActivity } from '#shared/audit/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { listActivity } from './list-activity.ts'

export const auditRouter = router({
  list: orgProcedure.input(ListActivity).query(({ ctx, input }) => listActivity(ctx.org, input)),
})
