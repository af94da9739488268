import type { OrgId } from '#shared/kernel/ids.ts'
import type { McpServer } from '#shared/mcp/contract.ts'
import { diffTools } from '#shared/mcp/diff-tools.ts'
import { useMay } from '../../kernel/may.ts'
import { Button } from '../../ui/button.tsx'
import { ToolChangeRow } from './tool-change-row.tsx'
import { ToolRow } from './tool-row.tsx'
import { problemWords, useApproveTools } from './use-mcp.ts'
import { changeWords, toolCount } from './words.ts'

/** The list a server gave, or what differs from the approved one, to be read and said yes to. */
export function ApproveTools({ orgId, server }: { orgId: OrgId; server: McpServer }) {
  const mayApprove = useMay(orgId, 'mcp.approve')
  const approve = useApproveTools()
  const { id: serverId, name, seen, approved } = server
  if (!seen) return null
  const changes = approved ? diffTools(approved.tools, seen.tools) : []
  return (
    <section aria-label={`Tools of ${name} to approve`} className="mt-2 rounded-6 bg-surface-2 p-3">
      <p className="text-12 text-pretty text-fg-2">
        {approved
          ? `${name} offers other tools than ${approved.byName} approved (${changeWords(changes)}). None of its tools is called before somebody approves the change.`
          : 'Descriptions are words of the server, and models read them. Agents get these tools when somebody has approved the list.'}
      </p>
      <ul aria-label={approved ? 'What differs' : 'Tools it offers'} className="mt-2 max-h-96 overflow-y-auto">
        {approved
          ? changes.map((change) => (
              <ToolChangeRow key={change.kind === 'changed' ? change.after.name : change.tool.name} change={change} />
            ))
          : seen.tools.map((tool) => <ToolRow key={tool.name} orgId={orgId} server={server} tool={tool} />)}
      </ul>
      {seen.tools.length === 0 && <p className="mt-2 text-13">It offers no tool.</p>}
      {approve.error && (
        <p role="alert" className="mt-2 text-12 text-danger">
          {problemWords(approve.error)}
        </p>
      )}
      {mayApprove ? (
        <Button
          size="small"
          tone="primary"
          className="mt-2"
          isBusy={approve.isPending}
          onClick={() => approve.mutate({ orgId, serverId, hash: seen.hash })}
        >
          {approved ? 'Approve this change' : `Approve ${toolCount(seen.tools.length)}`}
        </Button>
      ) : (
        <p className="mt-2 text-12 text-fg-2">An owner or admin approves it.</p>
      )}
    </section>
  )
}
