import type { OrgId } from '#shared/kernel/ids.ts'
import type { McpServer, McpTool, ToolHints } from '#shared/mcp/contract.ts'
import { unsaid } from '#shared/mcp/given-tools.ts'
import { readText } from '#shared/mcp/read-text.ts'
import { toolName } from '#shared/mcp/tool-name.ts'
import { useMay } from '../../kernel/may.ts'
import { ToolSchema } from './tool-schema.tsx'
import { useSetToolHints } from './use-mcp.ts'
import { visibleText } from './visible-text.ts'
import { claimWords } from './words.ts'

type ToolRowProps = { orgId: OrgId; server: McpServer; tool: McpTool }

const hints = [
  ['readOnly', 'Only reads'],
  ['idempotent', 'May be repeated'],
  ['destructive', 'May destroy'],
] as const

/** A tool in its server's words, as plain text, and what people say of it. */
export function ToolRow({ orgId, server, tool }: ToolRowProps) {
  const mayApprove = useMay(orgId, 'mcp.approve')
  const set = useSetToolHints()
  const said = server.hints[tool.name] ?? unsaid
  const change = (part: Partial<ToolHints>) =>
    set.mutate({ orgId, serverId: server.id, tool: tool.name, hints: { ...said, ...part } })
  return (
    <li aria-label={tool.name} className="border-t border-line py-2 first:border-t-0">
      <p className="font-mono text-13 break-all">{toolName(server.name, tool.name)}</p>
      <p className="mt-0.5 text-12 text-pretty break-words whitespace-pre-wrap">{visibleText(readText(tool))}</p>
      <details className="mt-1 text-12 text-fg-2">
        <summary className="cursor-pointer">Arguments</summary>
        <ToolSchema tool={tool} />
      </details>
      <p className="mt-1 text-12 text-fg-3">{claimWords(tool)}</p>
      <fieldset className="mt-1 flex flex-wrap gap-x-4" disabled={!mayApprove || set.isPending}>
        <legend className="sr-only">What people say of {tool.name}</legend>
        {hints.map(([hint, label]) => (
          <label key={hint} className="flex min-h-6 items-center gap-1.5 text-12">
            <input
              type="checkbox"
              className="accent-accent"
              checked={said[hint]}
              onChange={(event) => change({ [hint]: event.target.checked })}
            />
            {label}
          </label>
        ))}
      </fieldset>
    </li>
  )
}
