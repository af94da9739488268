import type { McpTransport } from '#shared/mcp/contract.ts'

const modules = new URL('../../../node_modules', import.meta.url).pathname

/** The folder that the operator has to list for these. */
export const referenceFolder = modules

/** The reference servers of the protocol, as programs in the sandbox. */
export function referenceServer(
  name: 'everything' | 'filesystem' | 'memory',
  args: readonly string[] = [],
): McpTransport {
  const path = `/srv/node_modules/@modelcontextprotocol/server-${name}/dist/index.js`
  return { kind: 'stdio', command: 'node', args: [path, ...args], env: {}, folder: modules, files: {} }
}
