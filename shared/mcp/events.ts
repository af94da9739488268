import { z } from 'zod'
import { McpServerId } from '../kernel/ids.ts'

const Server = { serverId: McpServerId, name: z.string().max(60) }

export const mcpEvents = [
  z.object({
    type: z.literal('mcp-server.added'),
    payload: z.object({ ...Server, kind: z.enum(['http', 'stdio']) }),
  }),
  z.object({
    type: z.literal('mcp-server.changed'),
    payload: z.object({ ...Server, what: z.array(z.string().max(40)).max(10) }),
  }),
  z.object({ type: z.literal('mcp-server.removed'), payload: z.object(Server) }),
  z.object({ type: z.literal('mcp-server.restored'), payload: z.object(Server) }),
  /** A person said yes to exactly this command. */
  z.object({
    type: z.literal('mcp-server.command-approved'),
    payload: z.object({ ...Server, hash: z.string().max(100) }),
  }),
  /** A person said yes to exactly this list of tools. */
  z.object({
    type: z.literal('mcp-server.tools-approved'),
    payload: z.object({ ...Server, hash: z.string().max(100), tools: z.int().nonnegative() }),
  }),
  /** The server gave another list than the last time; `changed`: than the one that was approved, so its tools stopped. */
  z.object({
    type: z.literal('mcp-server.tools-seen'),
    payload: z.object({ ...Server, is: z.enum(['first', 'changed', 'approved']), tools: z.int().nonnegative() }),
  }),
  z.object({ type: z.literal('mcp-server.failed'), payload: z.object({ ...Server, reason: z.string().max(500) }) }),
  z.object({ type: z.literal('mcp-server.recovered'), payload: z.object(Server) }),
] as const
