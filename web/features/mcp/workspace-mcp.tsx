import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { WorkspaceMcpServer } from '#shared/mcp/contract.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { LinkedWords } from '../../ui/linked-words.tsx'
import { problemWords } from './use-mcp.ts'
import { stateLook, toolCount } from './words.ts'

type WorkspaceMcpProps = { orgId: OrgId; workspaceId: WorkspaceId }

/** The MCP servers a workspace may use and the tools it has of them. Nothing where there is none. */
export function WorkspaceMcp({ orgId, workspaceId }: WorkspaceMcpProps) {
  const servers = useQuery({ ...trpc.mcp.ofWorkspace.queryOptions({ orgId, workspaceId }), staleTime: 0 })
  if (servers.error && !servers.data) {
    return <p className="border-t border-line px-4 py-3 text-13 text-danger">{problemWords(servers.error)}</p>
  }
  if (!servers.data || servers.data.length === 0) return null
  return (
    <section aria-label="MCP servers" className="border-t border-line px-4 py-3">
      <h3 className="text-12 text-fg-2">Tools of MCP servers</h3>
      <ul aria-label="MCP servers it may use" className="mt-1">
        {servers.data.map((server) => (
          <li key={server.id} aria-label={server.name} className="py-1">
            <Server server={server} />
          </li>
        ))}
      </ul>
      {servers.data.some(({ state }) => state !== 'ready') && (
        <p className="mt-1 text-12 text-pretty text-fg-2">
          <LinkedWords text="Of those that are not ready it has no tool. Settings, Tools says what each waits for." />
        </p>
      )}
    </section>
  )
}

function Server({ server: { name, state, tools } }: { server: WorkspaceMcpServer }) {
  const [isOpen, setOpen] = useState(false)
  const { word, tone } = stateLook(state)
  return (
    <>
      <div className="flex min-h-6 items-center gap-2">
        <span className="min-w-0 truncate font-mono text-13" title={name}>
          {name}
        </span>
        {state !== 'ready' && <Badge tone={tone}>{word}</Badge>}
        <span className="flex-1" />
        {tools.length > 0 ? (
          <Button size="small" tone="ghost" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {toolCount(tools.length)}
          </Button>
        ) : (
          state === 'ready' && <span className="text-12 text-fg-2">its config lists none of its tools</span>
        )}
      </div>
      {isOpen && (
        <ul aria-label={`Tools of ${name}`} className="mt-1 border-l border-line pl-2">
          {tools.map((tool) => (
            <li key={tool.name} className="py-1">
              <p className="font-mono text-12 break-all">{tool.name}</p>
              <p className="line-clamp-3 text-12 text-pretty break-words text-fg-2">{tool.description}</p>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
