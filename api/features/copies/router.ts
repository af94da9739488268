import { PasteCopy, TakeCopy } from '#shared/copies/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { duplicateWorkspaces } from './duplicate-workspaces.ts'
import { pasteCopy } from './paste-copy.ts'
import { takeCopy } from './take-copy.ts'

export const copiesRouter = router({
  /** Workspaces with their teams as bundles, to be pasted here or in another org. */
  take: orgProcedure.input(TakeCopy).query(({ ctx, input }) => takeCopy(ctx.org, input)),
  paste: orgProcedure.input(PasteCopy).mutation(({ ctx, input }) => pasteCopy(ctx.org, input)),
  duplicate: orgProcedure.input(TakeCopy).mutation(({ ctx, input }) => duplicateWorkspaces(ctx.org, input)),
})
