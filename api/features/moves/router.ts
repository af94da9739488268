import { MoveWorkspaces } from '#shared/moves/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { moveWorkspaces } from './move-workspaces.ts'
import { previewMoves } from './preview-moves.ts'

export const movesRouter = router({
  preview: orgProcedure.input(MoveWorkspaces).query(({ ctx, input }) => previewMoves(ctx.org, input)),
  move: orgProcedure.input(MoveWorkspaces).mutation(({ ctx, input }) => moveWorkspaces(ctx.org, input)),
})
