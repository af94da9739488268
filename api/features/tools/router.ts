import { OrgInput } from '#shared/orgs/contract.ts'
import { ToolAccessInput } from '#shared/tools/contract.ts'
import type { AnyTool } from '../../kernel/agent-tool.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { listAccess } from './list-access.ts'
import { listTools } from './list-tools.ts'

export function toolsRouter(tools: readonly AnyTool[]) {
  return router({
    list: orgProcedure.input(OrgInput).query(({ ctx }) => listTools(ctx.org, tools)),
    /** What each of them is to one workspace. */
    access: orgProcedure
      .input(ToolAccessInput)
      .query(({ ctx, input }) => listAccess(ctx.org, input.workspaceId, tools)),
  })
}
