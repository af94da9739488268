import type { McpReach, McpServer, McpTransport } from '#shared/mcp/contract.ts'
import { readLines, readPairs, writePairs } from './lines.ts'

/** What stands in the form. */
export type ServerDraft = {
  name: string
  kind: McpTransport['kind']
  url: string
  headers: string
  command: string
  args: string
  env: string
  folder: string
  filePath: string
  fileText: string
  reach: McpReach
  seconds: string
}

export const emptyDraft: ServerDraft = {
  ...{ name: '', kind: 'http', url: '', headers: '', command: '', args: '', env: '', folder: '' },
  ...{ filePath: '', fileText: '', reach: { kind: 'everyone' }, seconds: '60' },
}

export function draftOf({ name, transport, reach, timeoutSeconds }: McpServer): ServerDraft {
  const shared = { ...emptyDraft, name, reach, seconds: String(timeoutSeconds) }
  if (transport.kind === 'http') {
    return { ...shared, kind: 'http', url: transport.url, headers: writePairs(transport.headers, ':') }
  }
  const [[filePath, fileText] = ['', '']] = Object.entries(transport.files)
  const { command, args, env, folder } = transport
  return {
    ...{ ...shared, kind: 'stdio', command, args: args.join('\n'), env: writePairs(env, '=') },
    ...{ folder: folder ?? '', filePath, fileText },
  }
}

/** What is sent, or the field that cannot be read yet. */
export function transportOf(draft: ServerDraft): McpTransport | { wrong: 'headers' | 'env' } {
  if (draft.kind === 'http') {
    const headers = readPairs(draft.headers, ':')
    return headers ? { kind: 'http', url: draft.url.trim(), headers } : { wrong: 'headers' }
  }
  const env = readPairs(draft.env, '=')
  if (!env) return { wrong: 'env' }
  const files = draft.filePath.trim() === '' ? {} : { [draft.filePath.trim()]: draft.fileText }
  const folder = draft.folder === '' ? null : draft.folder
  return { kind: 'stdio', command: draft.command.trim(), args: readLines(draft.args), env, folder, files }
}

export function isComplete({ name, kind, url, command, seconds }: ServerDraft): boolean {
  const said = kind === 'http' ? url : command
  return name.trim() !== '' && said.trim() !== '' && Number.isInteger(Number(seconds)) && Number(seconds) > 0
}
