import { GetRun, ListRuns, RecordRun, RunInput } from '#shared/runs/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { deleteRun } from './delete-run.ts'
import { getRun, listRuns } from './read-runs.ts'
import { recordRun } from './record-run.ts'
import { shareRun } from './share-run.ts'

export const runsRouter = router({
  list: orgProcedure.input(ListRuns).query(({ ctx, input }) => listRuns(ctx.org, input)),
  get: orgProcedure.input(GetRun).query(({ ctx, input }) => getRun(ctx.org, input.ref)),
  record: orgProcedure.input(RecordRun).mutation(async ({ ctx, input: { orgId: _, ...run } }) => ({
    runId: await recordRun(ctx.org, run),
  })),
  share: orgProcedure.input(RunInput).mutation(({ ctx, input }) => shareRun(ctx.org, input.runId)),
  delete: orgProcedure.input(RunInput).mutation(({ ctx, input }) => deleteRun(ctx.org, input.runId)),
})
