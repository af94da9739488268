import { ActInput, StandingInput } from '#shared/acts/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { getStanding } from './get-standing.ts'
import { redoAct, undoAct } from './undo-act.ts'

export const undoRouter = router({
  /** What the person could take back now, and what they could do again. */
  standing: orgProcedure.input(StandingInput).query(({ ctx, input }) => getStanding(ctx.org, input)),
  undo: orgProcedure.input(ActInput).mutation(({ ctx, input }) => undoAct(ctx.org, input)),
  redo: orgProcedure.input(ActInput).mutation(({ ctx, input }) => redoAct(ctx.org, input)),
})
