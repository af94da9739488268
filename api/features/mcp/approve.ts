import { AppError } from '#shared/kernel/app-error.ts'
import type { ApproveMcp, McpTool, SetToolHints } from '#shared/mcp/contract.ts'
import { actorName, type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { noServer } from './change-server.ts'
import { commandHash } from './hash.ts'
import { lockServer, type ServerRow, updateServer } from './store.ts'

type Approving = Omit<ApproveMcp, 'orgId'>

/** A person's yes to exactly this command; a later change of it asks again. */
export async function approveCommand(context: OrgContext, { serverId, hash }: Approving): Promise<void> {
  requireMay(context, 'mcp.approve')
  await inTransaction(context, async (tx) => {
    const server = await lockServer(tx, serverId)
    if (!server) throw noServer()
    const now = commandHash(server.transport)
    if (now === null) throw new AppError('bad-input', `${server.name} is reached by HTTP; no command of it is run.`)
    if (now !== hash) throw isOther('The command')
    if (server.commandApproved?.hash === hash) return
    await updateServer(tx, { ...server, commandApproved: { hash, ...said(context) } })
    tx.tell({ type: 'mcp-server.command-approved', payload: { serverId, name: server.name, hash } })
  })
}

/** A person's yes to exactly this list of tools; a later change of it stops them. */
export async function approveTools(context: OrgContext, { serverId, hash }: Approving): Promise<void> {
  requireMay(context, 'mcp.approve')
  await inTransaction(context, async (tx) => {
    const server = await lockServer(tx, serverId)
    if (!server) throw noServer()
    const { seen } = server
    if (!seen) {
      throw new AppError('conflict', `Nobody has seen the tools of ${server.name} yet.`, { fix: 'Try it first.' })
    }
    if (seen.hash !== hash) throw isOther('The list of tools')
    if (server.approved?.hash === hash) return
    const approved = { hash, tools: seen.tools, ...said(context) }
    await updateServer(tx, { ...server, approved, hints: stillSaid(server, seen.tools) })
    const tools = seen.tools.length
    tx.tell({ type: 'mcp-server.tools-approved', payload: { serverId, name: server.name, hash, tools } })
  })
}

/** What people say of a tool, by which gates and repeats go; what its server claims is never asked. */
export async function setToolHints(
  context: OrgContext,
  { serverId, tool, hints }: Omit<SetToolHints, 'orgId'>,
): Promise<void> {
  requireMay(context, 'mcp.approve')
  await inTransaction(context, async (tx) => {
    const server = await lockServer(tx, serverId)
    if (!server) throw noServer()
    const tools = [...(server.approved?.tools ?? []), ...(server.seen?.tools ?? [])]
    if (!tools.some(({ name }) => name === tool)) {
      throw new AppError('not-found', `${server.name} has no tool ${tool}.`, { field: 'tool' })
    }
    const others = Object.fromEntries(Object.entries(server.hints).filter(([name]) => name !== tool))
    await updateServer(tx, { ...server, hints: hints ? { ...others, [tool]: hints } : others })
    tx.tell({ type: 'mcp-server.changed', payload: { serverId, name: server.name, what: ['hints'] } })
  })
}

/** What people said of a tool they said of that tool: of one that is another now it does not count. */
function stillSaid({ hints, approved }: ServerRow, now: readonly McpTool[]): ServerRow['hints'] {
  if (!approved) return hints
  const before = new Map(approved.tools.map(({ name, digest }) => [name, digest]))
  const same = new Set(now.filter(({ name, digest }) => before.get(name) === digest).map(({ name }) => name))
  return Object.fromEntries(Object.entries(hints).filter(([name]) => same.has(name)))
}

function said({ actor }: OrgContext) {
  return { byName: actorName(actor), at: new Date().toISOString() }
}

function isOther(what: string): AppError {
  return new AppError('conflict', `${what} is another by now than the one you looked at.`, { fix: 'Look at it again.' })
}
