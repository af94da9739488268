import { OrgInput } from '#shared/orgs/contract.ts'
import type { AnyTool } from '../../kernel/agent-tool.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { listTools } from './list-tools.ts'

export function toolsRouter(tools: readonly AnyTool[]) {
  return router({
    list: orgProcedure.input(OrgInput).query(({ ctx }) => listTools(ctx.org, tools)),
  })
}
