import { Plus, Undo2, Wrench } from 'lucide-react'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { McpServers } from '#shared/mcp/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useMay } from '../../kernel/may.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { ServerForm } from './server-form.tsx'
import { ServerRow } from './server-row.tsx'
import { useMcpServers, useRestoreServer } from './use-mcp.ts'
import { needsPerson } from './words.ts'

/** External MCP servers whose tools agents may use. */
export function McpSection({ orgId }: { orgId: OrgId }) {
  const servers = useMcpServers(orgId)
  if (servers.data) return <Servers orgId={orgId} known={servers.data} />
  if (!servers.error) {
    return (
      <div className="p-4">
        <SkeletonLines count={6} label="Loading the MCP servers" />
      </div>
    )
  }
  const { message, fix } = readProblem(servers.error)
  return (
    <ErrorPanel title={message} action={<Button onClick={() => void servers.refetch()}>Try again</Button>}>
      {fix}
    </ErrorPanel>
  )
}

function Servers({ orgId, known }: { orgId: OrgId; known: McpServers }) {
  const [isAdding, setAdding] = useState(false)
  const mayWrite = useMay(orgId, 'mcp.write')
  const restore = useRestoreServer()
  const { servers, removed } = known
  const waiting = needsPerson(servers)
  const add = mayWrite && (
    <Button icon={Plus} tone={servers.length === 0 ? 'primary' : 'secondary'} onClick={() => setAdding(true)}>
      Add a server
    </Button>
  )
  if (servers.length === 0 && removed.length === 0 && !isAdding) {
    return (
      <EmptyState icon={Wrench} title="No MCP server yet" action={add}>
        An MCP server gives agents tools of other programs. You approve its tools, and again whenever they change.
      </EmptyState>
    )
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto px-4 py-3">
      {!isAdding && (
        <div className="flex items-center gap-3">
          <p className="min-w-0 flex-1 text-12 text-pretty text-fg-2">
            {waiting > 0
              ? waiting === 1
                ? 'One server waits for somebody to look at it.'
                : `${waiting} servers wait for somebody to look at them.`
              : 'Servers outside whose tools agents may use, once their tools are approved.'}
          </p>
          {add}
        </div>
      )}
      {isAdding && <ServerForm orgId={orgId} known={known} onClose={() => setAdding(false)} />}
      <ul aria-label="MCP servers" className="mt-1">
        {servers.map((server) => (
          <li key={server.id} aria-label={server.name} className="border-b border-line last:border-0">
            <ServerRow orgId={orgId} known={known} server={server} />
          </li>
        ))}
      </ul>
      {removed.length > 0 && mayWrite && (
        <section aria-label="Removed" className="border-t border-line py-2">
          <h3 className="py-1 text-12 text-fg-2">Removed: kept for 24 hours</h3>
          <ul>
            {removed.map(({ id, name }) => (
              <li key={id} aria-label={`${name}, removed`} className="flex min-h-8 items-center gap-2">
                <span className="min-w-0 flex-1 truncate font-mono text-13">{name}</span>
                <Button
                  size="small"
                  icon={Undo2}
                  disabled={restore.isPending}
                  onClick={() => restore.mutate({ orgId, serverId: id })}
                >
                  Bring it back
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
