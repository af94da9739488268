import type { ToolCard } from '#shared/tools/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import type { AnyTool } from '../../kernel/agent-tool.ts'

/** Every tool an agent at work may call, by name. */
export function listTools(context: OrgContext, tools: readonly AnyTool[]): ToolCard[] {
  requireMay(context, 'workspaces.read')
  return tools.map(cardOf).toSorted((one, other) => (one.name < other.name ? -1 : 1))
}

export function cardOf({ name, description, hints }: AnyTool): ToolCard {
  return { name, description, isReadOnly: hints.readOnly }
}
