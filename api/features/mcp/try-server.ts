import type { McpServerId, WorkspaceId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { noServer } from './change-server.ts'
import { forget } from './kept-links.ts'
import { lookAt } from './links.ts'
import { recordTried } from './record-seen.ts'
import { findServer, type ServerRow } from './store.ts'

/** Meets the server anew and reads its list of tools, which is then there to be approved. Calls none of them. */
export async function tryServer(context: OrgContext, id: McpServerId, signal: AbortSignal): Promise<{ tools: number }> {
  requireMay(context, 'mcp.write')
  const server = await inSnapshot(context.db, context.orgId, (reader) => findServer(reader, id))
  if (!server) throw noServer()
  await forget(context, server)
  const list = await lookAt({ context, server, workspaceId: asWhom(server) }, signal)
  await recordTried(context, server, list)
  return { tools: list.tools.length }
}

/** With the keys of the first workspace it reaches, where it reaches only some. */
function asWhom({ reach }: ServerRow): WorkspaceId | null {
  return reach.kind === 'listed' ? (reach.workspaceIds[0] ?? null) : null
}
