import { whyNoStdioPrograms } from '#sandbox/server/stdio-program.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { McpServer, McpServers, WorkspaceMcpServer } from '#shared/mcp/contract.ts'
import { reaches } from '#shared/mcp/given-tools.ts'
import { secretNames } from '#shared/mcp/secret-names.ts'
import { mayAs } from '#shared/policies.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { readConfig } from '../files/index.ts'
import { selectNames } from '../secrets/index.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { readGivenTools } from './given.ts'
import { textsOf } from './links.ts'
import { programFolders } from './program-files.ts'
import { standingOf } from './standing.ts'
import { type ServerRow, selectRemoved, selectServers } from './store.ts'

/** Every server with what was approved and seen of it, and what is needed to add one. */
export async function listServers(context: OrgContext): Promise<McpServers> {
  requireMay(context, 'mcp.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const [servers, removed, names] = await Promise.all([
      selectServers(reader),
      selectRemoved(reader),
      selectNames(reader, null),
    ])
    const reason = whyNoStdioPrograms()
    return {
      servers: servers.map((server) => present(server, names)),
      removed,
      sandbox: reason === undefined ? { state: 'usable' } : { state: 'none', reason },
      folders: mayWrite(context) ? programFolders() : [],
    }
  })
}

/** Where folders lie on the machine is shown to whoever may choose one. */
function mayWrite({ actor }: OrgContext): boolean {
  return actor.kind === 'system' || ('role' in actor && mayAs(actor.role, 'mcp.write'))
}

function present({ version: _, ...server }: ServerRow, names: ReadonlySet<string>): McpServer {
  const lacks = secretNames(textsOf(server.transport)).filter((name) => !names.has(name))
  return { ...server, ...standingOf({ version: 0, ...server }), lacks, hints: { ...server.hints } }
}

/** The servers that reach a workspace, with the tools it has of them; none where a server stands still or its config says no. */
export async function listOfWorkspace(context: OrgContext, workspaceId: WorkspaceId): Promise<WorkspaceMcpServer[]> {
  requireMay(context, 'mcp.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const { id } = await requireWorkspace(reader, workspaceId)
    const [servers, settings] = await Promise.all([selectServers(reader), readConfig(reader, id)])
    const given = await readGivenTools(reader, id, settings)
    return servers
      .filter((server) => reaches(server, { id, servers: settings?.mcp_servers }))
      .map((server) => ({
        ...{ id: server.id, name: server.name, state: standingOf(server).state },
        tools: given
          .filter(({ serverId }) => serverId === server.id)
          .map(({ name, tool, hints }) => ({
            name,
            description: server.approved?.tools.find((one) => one.name === tool)?.description ?? '',
            isReadOnly: hints.readOnly,
          })),
      }))
  })
}
