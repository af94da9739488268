import {
  AddMcpServer,
  ApproveMcp,
  ChangeMcpServer,
  McpOfWorkspace,
  McpServerInput,
  SetToolHints,
} from '#shared/mcp/contract.ts'
import { OrgInput } from '#shared/orgs/contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { addServer } from './add-server.ts'
import { approveCommand, approveTools, setToolHints } from './approve.ts'
import { changeServer } from './change-server.ts'
import { listOfWorkspace, listServers } from './list-servers.ts'
import { removeServer, restoreServer } from './remove-server.ts'
import { tryServer } from './try-server.ts'

export const mcpRouter = router({
  list: orgProcedure.input(OrgInput).query(({ ctx }) => listServers(ctx.org)),
  ofWorkspace: orgProcedure
    .input(McpOfWorkspace)
    .query(({ ctx, input }) => listOfWorkspace(ctx.org, input.workspaceId)),
  add: orgProcedure.input(AddMcpServer).mutation(({ ctx, input }) => addServer(ctx.org, input)),
  change: orgProcedure.input(ChangeMcpServer).mutation(({ ctx, input }) => changeServer(ctx.org, input)),
  /** Meets the server and reads its list of tools. */
  try: orgProcedure
    .input(McpServerInput)
    .mutation(({ ctx, input, signal }) => tryServer(ctx.org, input.serverId, signal ?? never)),
  approveCommand: orgProcedure.input(ApproveMcp).mutation(({ ctx, input }) => approveCommand(ctx.org, input)),
  approveTools: orgProcedure.input(ApproveMcp).mutation(({ ctx, input }) => approveTools(ctx.org, input)),
  setToolHints: orgProcedure.input(SetToolHints).mutation(({ ctx, input }) => setToolHints(ctx.org, input)),
  remove: orgProcedure.input(McpServerInput).mutation(({ ctx, input }) => removeServer(ctx.org, input.serverId)),
  restore: orgProcedure.input(McpServerInput).mutation(({ ctx, input }) => restoreServer(ctx.org, input.serverId)),
})

/** Of a call without a connection that could be cut. */
const never = new AbortController().signal
