import type { z } from 'zod'
import { AppError } from '#shared/kernel/app-error.ts'
import { McpServerId } from '#shared/kernel/ids.ts'
import type { AddMcpServer } from '#shared/mcp/contract.ts'
import { maxServers } from '#shared/mcp/limits.ts'
import { actorName, type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { requireMaySend, requireReach, requireTransport } from './require-transport.ts'
import { eraseRemoved, insertServer, lockNames, selectNames } from './store.ts'

/** Writes it down. Nothing is started and nobody is asked before a person tries it. */
export async function addServer(
  context: OrgContext,
  input: Omit<z.output<typeof AddMcpServer>, 'orgId'>,
): Promise<{ serverId: McpServerId }> {
  requireMay(context, 'mcp.write')
  requireTransport(input.transport)
  requireMaySend(context, [input.transport])
  const id = McpServerId.parse(uuidv7())
  await inTransaction(context, async (tx) => {
    await requireReach(tx, input.reach)
    await lockNames(tx)
    await eraseRemoved(tx)
    await requireFreeName(tx, input.name)
    await insertServer(tx, { ...input, id, byName: actorName(context.actor) })
    tx.tell({ type: 'mcp-server.added', payload: { serverId: id, name: input.name, kind: input.transport.kind } })
  })
  return { serverId: id }
}

export async function requireFreeName(tx: Tx, name: string): Promise<void> {
  const names = await selectNames(tx)
  if (names.has(name)) {
    throw new AppError('conflict', `There is a server ${name} already.`, { field: 'name', fix: 'Choose another name.' })
  }
  if (names.size < maxServers) return
  throw new AppError('too-large', `There are ${names.size} servers; at most ${maxServers} are kept.`, {
    fix: 'Remove one that nobody uses.',
  })
}
