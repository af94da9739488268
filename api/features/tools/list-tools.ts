import type { ToolCard } from '#shared/tools/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import type { AnyTool } from '../../kernel/agent-tool.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { readAllTools } from '../mcp/index.ts'

/** Every tool an agent at work may call, those of MCP servers among them, by name. */
export async function listTools(context: OrgContext, tools: readonly AnyTool[]): Promise<ToolCard[]> {
  requireMay(context, 'workspaces.read')
  const given = await inSnapshot(context.db, context.orgId, readAllTools)
  return [...tools, ...given].map(cardOf).toSorted((one, other) => (one.name < other.name ? -1 : 1))
}

type Shown = Pick<AnyTool, 'name' | 'description' | 'hints'>

export function cardOf({ name, description, hints }: Shown): ToolCard {
  return { name, description, isReadOnly: hints.readOnly }
}
