import type { CallToolResult } from '@modelcontextprotocol/client'
import { AppError } from '#shared/kernel/app-error.ts'
import type { McpServerId } from '#shared/kernel/ids.ts'
import type { GivenMcpTool } from '#shared/mcp/given.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import type { ToolCallSite } from '../../kernel/agent-tool.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { hasServer } from './given.ts'
import { type Met, withLink } from './links.ts'
import { recordTrouble } from './record-seen.ts'
import { resultText } from './result-text.ts'
import { standingOf } from './standing.ts'
import { findServer, type ServerRow } from './store.ts'
import { isSessionGone, troubleWith } from './trouble.ts'

type Call = { site: Pick<ToolCallSite, 'context' | 'workspaceId'>; tool: GivenMcpTool; args: unknown }

/**
 * Calls a tool of a server, if it is still the one that a person approved and this work was given. Refusals, also the server's,
 * are AppErrors that say what to do.
 */
export async function callMcpTool({ site, tool, args }: Call, signal: AbortSignal): Promise<string> {
  const server = await requireGiven(site, tool)
  const { context, workspaceId } = site
  const attempt = () =>
    withLink({ context, server, workspaceId }, signal, (met) => callOver(met, { site, tool, args }, server, signal))
  const first = await attempt()
  if (first.kind === 'done') return first.text
  // A session the server does not know any more has done nothing: it is begun anew, once.
  const second = await attempt()
  if (second.kind === 'done') return second.text
  throw second.trouble
}

type Said = { kind: 'done'; text: string } | { kind: 'session-gone'; trouble: AppError }

async function callOver(
  { link, hash, retire }: Met,
  { site, tool, args }: Call,
  server: ServerRow,
  signal: AbortSignal,
) {
  // What the server has just shown may have stopped it, and this very session must have shown what was approved.
  const { approved } = await requireGiven(site, tool)
  if (approved?.hash !== hash) throw stopped(tool, changed(tool), look)
  try {
    const result = await ask(link.client, tool, { args, timeout: server.timeoutSeconds * 1000, signal })
    return { kind: 'done', text: outcomeOf(tool, result) } satisfies Said
  } catch (error) {
    if (signal.aborted || error instanceof AppError) throw error
    const trouble = troubleWith(server.name, error, link.lastWords())
    if (link.hasId() && isSessionGone(error)) {
      retire()
      return { kind: 'session-gone', trouble } satisfies Said
    }
    if (trouble.code === 'unavailable' && link.isGone()) await recordTrouble(site.context, server, trouble.message)
    throw trouble
  }
}

type Ask = { args: unknown; timeout: number; signal: AbortSignal }

async function ask(client: Met['link']['client'], tool: GivenMcpTool, { args, ...options }: Ask) {
  if (typeof args !== 'object' || args === null || Array.isArray(args)) {
    throw new AppError('bad-input', `The arguments of ${tool.name} are no object.`, {
      fix: `Call ${tool.name} again with one JSON object.`,
    })
  }
  // With the definition at hand the client compiles no schema that the server sent.
  const toolDefinition = { name: tool.tool, inputSchema: { ...tool.inputSchema, type: 'object' as const } }
  return await client.callTool(
    { name: tool.tool, arguments: { ...args } },
    {
      ...options,
      toolDefinition,
      resetTimeoutOnProgress: true,
      maxTotalTimeout: options.timeout * 5,
      onprogress: () => {},
    },
  )
}

function outcomeOf(tool: GivenMcpTool, result: CallToolResult): string {
  const text = resultText(result)
  if (result.isError !== true) return text
  throw new AppError('bad-input', `${tool.name} failed: ${text.slice(0, 3_000)}`)
}

/** The server, where this workspace may call this very tool now. */
async function requireGiven({ context, workspaceId }: Call['site'], tool: GivenMcpTool): Promise<ServerRow> {
  const server = await readServer(context, tool.serverId)
  if (!server) throw stopped(tool, `${tool.server} was removed`, 'Do it without this tool.')
  const { state } = standingOf(server)
  switch (state) {
    case 'ready':
    case 'unreachable':
      break
    case 'off':
      throw stopped(tool, `${tool.server} is switched off`, 'Do it without this tool.')
    case 'changed':
      throw stopped(tool, changed(tool), look)
    case 'command':
      throw stopped(tool, `nobody has approved the command of ${tool.server} as it is now`, look)
    case 'untried':
    case 'tools':
      throw stopped(tool, `nobody has approved the tools of ${tool.server}`, look)
    default:
      state satisfies never
  }
  if (server.approved?.tools.find(({ name }) => name === tool.tool)?.digest !== tool.digest) {
    throw stopped(
      tool,
      'it is another tool since this work began',
      'Do it without this tool; work that begins now has the new one.',
    )
  }
  if (await hasServer(context, workspaceId, server)) return server
  throw stopped(tool, `${tool.server} was taken from this workspace`, 'Do it without this tool.')
}

const look = 'Do it without this tool, or tell the people that they must look at it in Settings, Tools.'

function stopped({ name }: GivenMcpTool, why: string, fix: string): AppError {
  return new AppError('forbidden', `${name} was not called: ${why}.`, { fix })
}

function changed({ server }: GivenMcpTool): string {
  return `${server} changed its tools after they were approved, so all of them are stopped`
}

async function readServer({ db, orgId }: OrgContext, id: McpServerId): Promise<ServerRow | undefined> {
  return await inSnapshot(db, orgId, (reader) => findServer(reader, id))
}
