import type { McpServerId } from '#shared/kernel/ids.ts'
import type { ToolList } from '#shared/mcp/contract.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { lockServer, type ServerRow, updateServer } from './store.ts'

type Of = { id: McpServerId; version: number }

/**
 * Notes the list a server gave. One that is another than the last is told; one that is another than the approved stops it, and
 * it stays stopped when a later look, perhaps with another key, is shown the approved one: a person ends it.
 */
export async function recordSeen(context: OrgContext, of: Of, list: ToolList): Promise<void> {
  await record(context, of, list, hasStopped)
}

/** The same where a person tried it: what is seen now counts. */
export async function recordTried(context: OrgContext, of: Of, list: ToolList): Promise<void> {
  await record(context, of, list, () => false)
}

async function record(
  context: OrgContext,
  of: Of,
  list: ToolList,
  stays: (server: ServerRow) => boolean,
): Promise<void> {
  await inTransaction(asClient(context), async (tx) => {
    const server = await lockServer(tx, of.id)
    if (server?.version !== of.version) return
    const at = new Date().toISOString()
    const isOther = server.seen?.hash !== list.hash && !stays(server)
    if (!isOther && server.trouble === null) return
    await updateServer(tx, { ...server, seen: isOther ? { ...list, at } : server.seen, trouble: null })
    const named = { serverId: server.id, name: server.name }
    if (server.trouble !== null) tx.tell({ type: 'mcp-server.recovered', payload: named })
    if (isOther) {
      const is = server.approved === null ? 'first' : server.approved.hash === list.hash ? 'approved' : 'changed'
      // The first look at what was approved before says nothing new.
      if (is !== 'approved' || server.seen !== null) {
        tx.tell({ type: 'mcp-server.tools-seen', payload: { ...named, is, tools: list.tools.length } })
      }
    }
  })
}

function hasStopped({ approved, seen }: ServerRow): boolean {
  return approved !== null && seen !== null && seen.hash !== approved.hash
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
