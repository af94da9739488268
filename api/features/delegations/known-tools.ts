import { z } from 'zod'
import type { Journal } from '#shared/delegations/journal.ts'
import { GivenMcpTool } from '#shared/mcp/given.ts'
import type { AnyTool } from '../../kernel/agent-tool.ts'
import { mcpTools } from '../mcp/index.ts'

const Given = z.object({ mcp: z.array(GivenMcpTool).optional() })
const read = new WeakMap<object, readonly AnyTool[]>()

/** Every tool this work may know: those of the engine, and those of MCP servers as they were when it began. */
export function toolsOf(engine: readonly AnyTool[], { steps }: Pick<Journal, 'steps'>): readonly AnyTool[] {
  const output = steps.find((step) => step.kind === 'context')?.output
  return withGiven(engine, output)
}

/** The same of a context that is no step yet. */
export function withGiven(engine: readonly AnyTool[], context: unknown): readonly AnyTool[] {
  if (typeof context !== 'object' || context === null || !('mcp' in context)) return engine
  const known = read.get(context) ?? mcpTools(Given.safeParse(context).data?.mcp ?? [])
  read.set(context, known)
  return [...engine, ...known]
}
