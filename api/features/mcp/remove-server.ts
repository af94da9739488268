import { AppError } from '#shared/kernel/app-error.ts'
import type { McpServerId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { requireFreeName } from './add-server.ts'
import { noServer } from './change-server.ts'
import { forget } from './kept-links.ts'
import { lockNames, lockServer, markRemoved, selectRemoved } from './store.ts'

/** Its tools are gone at once, for work in flight too. It can be taken back for a day, with all that was approved. */
export async function removeServer(context: OrgContext, id: McpServerId): Promise<void> {
  requireMay(context, 'mcp.write')
  const server = await inTransaction(context, async (tx) => {
    const found = await lockServer(tx, id)
    if (!found) throw noServer()
    await markRemoved(tx, id, true)
    tx.tell({ type: 'mcp-server.removed', payload: { serverId: id, name: found.name } })
    return found
  })
  await forget(context, server)
}

/** Takes back that it was removed. */
export async function restoreServer(context: OrgContext, id: McpServerId): Promise<void> {
  requireMay(context, 'mcp.write')
  await inTransaction(context, async (tx) => {
    await lockNames(tx)
    const found = (await selectRemoved(tx)).find((one) => one.id === id)
    if (!found) {
      if (await lockServer(tx, id)) throw new AppError('conflict', 'This server is not removed.')
      throw noServer()
    }
    await requireFreeName(tx, found.name)
    await markRemoved(tx, id, false)
    tx.tell({ type: 'mcp-server.restored', payload: { serverId: id, name: found.name } })
  })
}
