import type { CallsOf } from '../call.ts'
import { inOrg, inWorkspace } from '../inputs.ts'
import type { Things } from '../things.ts'

const server = ({ orgId, mcpServerId }: Things) => ({ orgId, serverId: mcpServerId })

export const mcp: CallsOf<'mcp'> = {
  list: { needs: 'mcp.read', input: inOrg },
  ofWorkspace: { needs: 'mcp.read', input: inWorkspace },
  add: {
    needs: 'mcp.write',
    input: ({ orgId }) => ({
      orgId,
      name: 'search',
      transport: { kind: 'http', url: 'https://mcp.example.com/mcp', headers: {} },
      reach: { kind: 'everyone' },
    }),
    tells: ['mcp-server.added'],
  },
  change: {
    needs: 'mcp.write',
    input: (things) => ({ ...server(things), timeoutSeconds: 61 }),
    tells: ['mcp-server.changed'],
  },
  // Its command is one that nobody approved.
  try: { needs: 'mcp.write', input: server, own: 'conflict', tells: ['mcp-server.tools-seen'] },
  approveCommand: {
    needs: 'mcp.approve',
    input: (things) => ({ ...server(things), hash: 'of another' }),
    own: 'conflict',
    tells: ['mcp-server.command-approved'],
  },
  approveTools: {
    needs: 'mcp.approve',
    input: (things) => ({ ...server(things), hash: 'of another' }),
    own: 'conflict',
    tells: ['mcp-server.tools-approved'],
  },
  setToolHints: {
    needs: 'mcp.approve',
    input: (things) => ({ ...server(things), tool: 'none', hints: null }),
    own: 'not-found',
    tells: ['mcp-server.changed'],
  },
  remove: { needs: 'mcp.write', input: server, tells: ['mcp-server.removed'] },
  restore: { needs: 'mcp.write', input: server, own: 'conflict', tells: ['mcp-server.restored'] },
}
