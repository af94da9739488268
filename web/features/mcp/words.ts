import type { McpReach, McpServer, McpState, McpTool, McpTransport } from '#shared/mcp/contract.ts'
import type { ToolChange } from '#shared/mcp/diff-tools.ts'
import type { BadgeTone } from '../../ui/badge.tsx'

/** What a server is now, in a word or two; the tone says whether a person is needed. */
export function stateLook(state: McpState): { word: string; tone: BadgeTone } {
  switch (state) {
    case 'off':
      return { word: 'Off', tone: 'neutral' }
    case 'command':
      return { word: 'Command needs approval', tone: 'waiting' }
    case 'untried':
      return { word: 'Not tried yet', tone: 'neutral' }
    case 'tools':
      return { word: 'Tools need approval', tone: 'waiting' }
    case 'changed':
      return { word: 'Stopped: tools changed', tone: 'failed' }
    case 'unreachable':
      return { word: 'Cannot be used', tone: 'failed' }
    case 'ready':
      return { word: 'Ready', tone: 'completed' }
    default:
      return state satisfies never
  }
}

/** Where it is, in one line. */
export function placeOf(transport: McpTransport): string {
  return transport.kind === 'http' ? transport.url : [transport.command, ...transport.args].join(' ')
}

export function reachWords(reach: McpReach, nameOf: (id: string) => string | undefined): string {
  switch (reach.kind) {
    case 'everyone':
      return 'Every workspace may use it'
    case 'config':
      return 'Workspaces whose config names it may use it'
    case 'listed': {
      const names = reach.workspaceIds.flatMap((id) => nameOf(id) ?? [])
      if (names.length === 0) return 'No workspace may use it yet'
      const shown = names.slice(0, 4).join(', ')
      return names.length > 4 ? `Used by ${shown} and ${names.length - 4} more` : `Used by ${shown}`
    }
    default:
      return reach satisfies never
  }
}

/** What its server claims of a tool; nothing is built on it. */
export function claimWords({ claims }: McpTool): string {
  const said = [
    claims.readOnly === true && 'only reads',
    claims.readOnly === false && 'changes things',
    claims.destructive === true && 'may destroy',
    claims.idempotent === true && 'may be repeated',
    claims.openWorld === true && 'reaches the world',
  ].filter((word) => word !== false)
  return said.length === 0 ? 'The server claims nothing of it' : `The server claims: ${said.join(', ')}`
}

export function changeWords(changes: readonly ToolChange[]): string {
  const count = (kind: ToolChange['kind']) => changes.filter((change) => change.kind === kind).length
  const parts = [
    [count('added'), 'new'],
    [count('changed'), 'changed'],
    [count('removed'), 'gone'],
  ] as const
  return parts.flatMap(([n, word]) => (n > 0 ? [`${n} ${word}`] : [])).join(', ') || 'nothing differs'
}

export function toolCount(count: number): string {
  return count === 1 ? '1 tool' : `${count} tools`
}

/** How many servers wait for a person. */
export function needsPerson(servers: readonly McpServer[]): number {
  return servers.filter(({ state }) => state === 'command' || state === 'tools' || state === 'changed').length
}
