import type { Policy } from '../orgs/permission.ts'

export const mcpPolicy = {
  'mcp.read': { lowest: 'viewer', to: 'see which MCP servers there are and what their tools do' },
  'mcp.write': { lowest: 'admin', to: 'add, change, try and remove MCP servers' },
  'mcp.approve': { lowest: 'admin', to: 'approve commands and tools of MCP servers', inPerson: true },
} as const satisfies Policy<'mcp'>
