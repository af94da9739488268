import { AppError } from '#shared/kernel/app-error.ts'
import type { ChangeMcpServer, McpTransport } from '#shared/mcp/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { hashOf } from './hash.ts'
import { forget } from './kept-links.ts'
import { requireMaySend, requireReach, requireTransport } from './require-transport.ts'
import { lockServer, type ServerRow, updateServer, writeWorkspaces } from './store.ts'

/**
 * Changes how a server is reached, whom it reaches, or whether it is on. Another address is another server, so its tools are
 * looked at anew; another command is approved anew.
 */
export async function changeServer(
  context: OrgContext,
  { serverId, transport, reach, timeoutSeconds, isOn }: Omit<ChangeMcpServer, 'orgId'>,
): Promise<void> {
  requireMay(context, 'mcp.write')
  if (transport) requireTransport(transport)
  const changed = await inTransaction(context, async (tx) => {
    const server = await lockServer(tx, serverId)
    if (!server) throw noServer()
    if (reach) await requireReach(tx, reach)
    const asked: Partial<ServerRow> = {
      ...(transport && { transport }),
      ...(reach && { reach }),
      ...(timeoutSeconds !== undefined && { timeoutSeconds }),
      ...(isOn !== undefined && { isOn }),
    }
    const what = whatDiffers(server, asked)
    if (what.length === 0) return undefined
    if (transport && what.includes('transport')) requireMaySend(context, [server.transport, transport])
    await updateServer(tx, {
      ...server,
      ...asked,
      ...(transport && what.includes('transport') ? anew(server, transport) : {}),
    })
    if (reach) await writeWorkspaces(tx, serverId, reach)
    tx.tell({ type: 'mcp-server.changed', payload: { serverId, name: server.name, what } })
    return server
  })
  if (changed) await forget(context, changed)
}

function whatDiffers(server: ServerRow, asked: Partial<ServerRow>): string[] {
  const parts = ['transport', 'reach', 'timeoutSeconds', 'isOn'] as const
  return parts.filter((part) => asked[part] !== undefined && hashOf(asked[part]) !== hashOf(server[part]))
}

/**
 * What was seen was seen of the old one. What was approved, and what people said of its tools, counts on where the server is the
 * same; of a program what people said holds for its command alone, for its files say what a tool does.
 */
function anew({ version, transport: before, approved, hints }: ServerRow, transport: McpTransport): Partial<ServerRow> {
  const isSame =
    before.kind === 'stdio' ? transport.kind === 'stdio' : transport.kind === 'http' && before.url === transport.url
  const isToldOf = isSame && before.kind === 'http'
  const kept = { approved: isSame ? approved : null, hints: isToldOf ? hints : {} }
  return { version: version + 1, seen: null, trouble: null, ...kept }
}

export function noServer(): AppError {
  return new AppError('not-found', 'There is no such MCP server.')
}
