import { ListRuns, RunInput, ShareRun } from '#shared/runs/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { deleteRun } from './delete-run.ts'
import { getRun, listRuns } from './read-runs.ts'
import { shareRun } from './share-run.ts'

export const runsRouter = router({
  list: orgProcedure.input(ListRuns).query(({ ctx, input }) => listRuns(ctx.org, input.limit)),
  get: orgProcedure.input(RunInput).query(({ ctx, input }) => getRun(ctx.org, input.runId)),
  share: orgProcedure.input(ShareRun).mutation(async ({ ctx, input: { orgId: _, ...run } }) => ({
    runId: await shareRun(ctx.org, run),
  })),
  delete: orgProcedure.input(RunInput).mutation(({ ctx, input }) => deleteRun(ctx.org, input.runId)),
})
