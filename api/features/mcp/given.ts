import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { GivenMcpTool } from '#shared/mcp/given.ts'
import { allTools, givenTools, reaches } from '#shared/mcp/given-tools.ts'
import type { WorkspaceConfig } from '#shared/workspaces/config.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inSnapshot, type Reader } from '../../kernel/db.ts'
import { readConfig } from '../files/index.ts'
import { standingOf } from './standing.ts'
import { type ServerRow, selectServers } from './store.ts'

type Settings = Pick<WorkspaceConfig, 'tools' | 'mcp_servers'> | undefined

/** The tools of MCP servers that work in a workspace begins with now: those that people approved and gave it. */
export async function readGivenTools(reader: Reader, id: WorkspaceId, settings: Settings): Promise<GivenMcpTool[]> {
  const servers = await selectServers(reader)
  return givenTools(servers.map(known), { id, tools: settings?.tools, servers: settings?.mcp_servers })
}

/** Every tool of a server that a workspace could have, whichever it is. */
export async function readAllTools(reader: Reader): Promise<GivenMcpTool[]> {
  const servers = await selectServers(reader)
  return allTools(servers.map(known))
}

function known(server: ServerRow) {
  return {
    ...{ id: server.id, name: server.name, reach: server.reach, hints: server.hints },
    ...{ state: standingOf(server).state, isHttp: server.transport.kind === 'http' },
    tools: server.approved?.tools ?? [],
  }
}

/** Does the server still reach the workspace? */
export async function hasServer({ db, orgId }: OrgContext, id: WorkspaceId, server: ServerRow): Promise<boolean> {
  const settings = await inSnapshot(db, orgId, (reader) => readConfig(reader, id))
  return reaches(server, { id, servers: settings?.mcp_servers })
}
