import type { GivenMcpTool } from '#shared/mcp/given.ts'
import type { OutsideTool } from '../../kernel/agent-tool.ts'
import { callMcpTool } from './call-tool.ts'

/** What work was given of MCP servers, as tools of the engine. */
export function mcpTools(given: readonly GivenMcpTool[]): OutsideTool[] {
  return given.map((tool) => ({
    ...{ name: tool.name, description: tool.description, inputSchema: tool.inputSchema, hints: tool.hints },
    perform: async (site, args, signal) => ({ text: await callMcpTool({ site, tool, args }, signal) }),
  }))
}
