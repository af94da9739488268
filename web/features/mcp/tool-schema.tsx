import type { McpTool } from '#shared/mcp/contract.ts'
import { visibleText } from './visible-text.ts'

/** The arguments of a tool as its server describes them, as plain text. */
export function ToolSchema({ tool }: { tool: McpTool }) {
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key.
      tabIndex={0}
      className="mt-1 max-h-60 overflow-auto font-mono break-words whitespace-pre-wrap [font-variant-ligatures:none]"
    >
      {visibleText(JSON.stringify(tool.inputSchema, null, 2))}
    </pre>
  )
}
