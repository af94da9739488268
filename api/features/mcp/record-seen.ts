import type { McpServerId } from '#shared/kernel/ids.ts'
import type { ToolList } from '#shared/mcp/contract.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { lockServer, type ServerRow, updateServer } from './store.ts'

type Of = { id: McpServerId; version: number }

/** Notes the list a server gave. One that is another than the last is told; one that is another than the approved stops it. */
export async function recordSeen(context: OrgContext, of: Of, list: ToolList): Promise<ServerRow | undefined> {
  return await inTransaction(asClient(context), async (tx) => {
    const server = await lockServer(tx, of.id)
    if (server?.version !== of.version) return server
    const at = new Date().toISOString()
    const isOther = server.seen?.hash !== list.hash
    if (!isOther && server.trouble === null) return server
    const after: ServerRow = { ...server, seen: isOther ? { ...list, at } : server.seen, trouble: null }
    await updateServer(tx, after)
    const named = { serverId: server.id, name: server.name }
    if (server.trouble !== null) tx.tell({ type: 'mcp-server.recovered', payload: named })
    if (isOther) {
      const is = server.approved === null ? 'first' : server.approved.hash === list.hash ? 'approved' : 'changed'
      // The first look at what was approved before says nothing new.
      if (is !== 'approved' || server.seen !== null) {
        tx.tell({ type: 'mcp-server.tools-seen', payload: { ...named, is, tools: list.tools.length } })
      }
    }
    return after
  })
}

/** Notes that a server cannot be used, and tells it where that is new. */
export async function recordTrouble(context: OrgContext, of: Of, reason: string): Promise<void> {
  await inTransaction(asClient(context), async (tx) => {
    const server = await lockServer(tx, of.id)
    if (server?.version !== of.version || server.trouble?.reason === reason) return
    const short = tx.redactor.text(reason).slice(0, 500)
    await updateServer(tx, { ...server, trouble: { reason: short, at: new Date().toISOString() } })
    if (server.trouble !== null) return
    tx.tell({ type: 'mcp-server.failed', payload: { serverId: server.id, name: server.name, reason: short } })
  })
}

/** What a server shows is seen by us, not done by whoever made us look. */
function asClient({ db, orgId }: OrgContext): OrgContext {
  return { db, orgId, actor: { kind: 'system', name: 'MCP client' } }
}
