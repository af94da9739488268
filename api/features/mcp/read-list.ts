import type { Client } from '@modelcontextprotocol/client'
import { AppError } from '#shared/kernel/app-error.ts'
import type { McpTool, ToolList } from '#shared/mcp/contract.ts'
import { maxListBytes, maxTools } from '#shared/mcp/limits.ts'
import { toolName } from '#shared/mcp/tool-name.ts'
import { listOf } from './hash.ts'

const askMs = 20_000

/** The server's tools, all pages of them, as they are now. One that offers more than can be looked at is refused. */
export async function readList(server: string, client: Client, signal: AbortSignal): Promise<ToolList> {
  if (!client.getServerCapabilities()?.tools) return listOf([])
  const { tools } = await client.listTools(undefined, { cacheMode: 'refresh', timeout: askMs, signal })
  if (tools.length > maxTools) throw tooMany(`${tools.length} tools; at most ${maxTools} are taken`)
  const known = tools.map(
    ({ name, title, description, inputSchema, annotations = {} }): Omit<McpTool, 'digest'> => ({
      ...{ name, title: title ?? annotations.title ?? null, description: description ?? '' },
      inputSchema: { ...inputSchema },
      claims: {
        readOnly: annotations.readOnlyHint ?? null,
        idempotent: annotations.idempotentHint ?? null,
        destructive: annotations.destructiveHint ?? null,
        openWorld: annotations.openWorldHint ?? null,
      },
    }),
  )
  const names = new Set(known.map(({ name }) => toolName(server, name)))
  if (names.size < known.length) throw tooMany('two tools that agents would call by the same name')
  const bytes = Buffer.byteLength(JSON.stringify(known))
  if (bytes > maxListBytes) throw tooMany(`${bytes} bytes of descriptions; at most ${maxListBytes} are taken`)
  return listOf(known)
}

function tooMany(what: string): AppError {
  return new AppError('too-large', `It offers ${what}.`, { fix: 'Ask who runs it for a smaller set of tools.' })
}
