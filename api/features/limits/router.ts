import { OrgInput } from '#shared/orgs/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { listLimits } from './list-limits.ts'

export const limitsRouter = router({
  list: orgProcedure.input(OrgInput).query(({ ctx }) => listLimits(ctx.org)),
})
