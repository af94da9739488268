import type { McpTool } from './contract.ts'

/** What models read of a tool, and what a person is shown who approves it: the title or the name where it has no description. */
export function readText({ description, title, name }: Pick<McpTool, 'description' | 'title' | 'name'>): string {
  return description || title || name
}
