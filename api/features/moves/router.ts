import { MoveWorkspaces } from '#shared/moves/contract.ts'
import type { AnyTool } from '../../kernel/agent-tool.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { moveWorkspaces } from './move-workspaces.ts'
import { previewMoves } from './preview-moves.ts'

export function movesRouter(tools: readonly Pick<AnyTool, 'name'>[]) {
  const names = tools.map(({ name }) => name)
  return router({
    preview: orgProcedure.input(MoveWorkspaces).query(({ ctx, input }) => previewMoves(ctx.org, input, names)),
    move: orgProcedure.input(MoveWorkspaces).mutation(({ ctx, input }) => moveWorkspaces(ctx.org, input)),
  })
}
