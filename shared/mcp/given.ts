import { z } from 'zod'
import { McpServerId } from '../kernel/ids.ts'

/** A tool of an MCP server as a piece of work was given it, recorded with the context it began with. */
export const GivenMcpTool = z.object({
  /** As agents call it. */
  name: z.string(),
  serverId: McpServerId,
  server: z.string(),
  /** As its server calls it. */
  tool: z.string(),
  description: z.string(),
  inputSchema: z.record(z.string(), z.unknown()),
  /** Of the definition a person approved. */
  digest: z.string(),
  hints: z.object({
    readOnly: z.boolean(),
    idempotent: z.boolean(),
    destructive: z.boolean(),
    openWorld: z.boolean(),
  }),
})
export type GivenMcpTool = z.infer<typeof GivenMcpTool>
