import { createHash } from 'node:crypto'
import type { McpTool, McpTransport, ToolList } from '#shared/mcp/contract.ts'
import { digestFiles } from './program-files.ts'

/** The whole list under one hash, in the order of names, so that no order of a server's matters. */
export function listOf(tools: readonly Omit<McpTool, 'digest'>[]): ToolList {
  const known = tools
    .map((tool) => ({ ...tool, digest: hashOf(tool) }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
  return { hash: hashOf(known.map(({ digest }) => digest)), tools: known }
}

/**
 * What a person approves of a command: program, arguments, names and texts of its environment, the files it is given, and what
 * is in the files of its folder that it names. Null where nothing is started.
 */
export function commandHash(transport: McpTransport): string | null {
  if (transport.kind === 'http') return null
  return hashOf({ ...transport, inFolder: digestFiles(transport) })
}

/** Of a value as JSON with sorted keys. */
export function hashOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  )
}
