import { useQuery } from '@tanstack/react-query'
import { FileText, Pencil, Send, Settings2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { WorkspaceLimits } from '../../features/budgets/index.ts'
import { askDelegation } from '../../features/delegations/index.ts'
import { askKeys } from '../../features/secrets/index.ts'
import { askWorkspace } from '../../features/workspaces/index.ts'
import { useMay } from '../../kernel/may.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyableId } from '../../ui/copyable-id.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { ConfigForm } from './config-form.tsx'

export type OverviewTabProps = {
  orgId: OrgId
  workspace: Workspace
  onEdit: (what: 'prompt' | 'config') => void
}

/** What a workspace is, and the ways on from here. */
export function OverviewTab({ orgId, workspace, onEdit }: OverviewTabProps) {
  const mayGive = useMay(orgId, 'delegations.give')
  const mayEdit = useMay(orgId, 'workspaces.edit')
  const mayKeep = useMay(orgId, 'secrets.workspace.write')
  const mayWrite = useMay(orgId, 'files.edit')
  const orgs = useQuery(trpc.orgs.list.queryOptions())
  const org = orgs.data?.find(({ id }) => id === orgId)
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="flex flex-wrap gap-2 px-4 py-3">
        {mayGive && (
          <Button size="small" icon={Send} onClick={() => askDelegation(workspace.id)}>
            Delegate to it
          </Button>
        )}
        <Button size="small" icon={FileText} onClick={() => onEdit('prompt')}>
          {mayWrite ? 'Edit prompt' : 'Open prompt'}
        </Button>
        <Button size="small" icon={Settings2} onClick={() => onEdit('config')}>
          {mayWrite ? 'Edit config' : 'Open config'}
        </Button>
        {mayEdit && (
          <Button
            size="small"
            tone="ghost"
            icon={Pencil}
            onClick={() => askWorkspace({ kind: 'rename', workspaceId: workspace.id })}
          >
            Rename
          </Button>
        )}
      </div>
      {workspace.marks.length > 0 && (
        <p className="flex flex-wrap items-center gap-1.5 px-4 pb-3">
          {workspace.marks.map((mark) => (
            <Badge key={mark} tone="waiting">
              {mark}
            </Badge>
          ))}
          {mayKeep && (
            <Button size="small" tone="ghost" onClick={() => askKeys({ kind: 'workspace', workspaceId: workspace.id })}>
              Add the key
            </Button>
          )}
        </p>
      )}
      <ConfigForm
        key={`${workspace.role}/${workspace.model}`}
        orgId={orgId}
        workspace={workspace}
        isRehearsal={org?.isRehearsal === true}
      />
      <WorkspaceLimits orgId={orgId} workspaceId={workspace.id} />
      <dl className="grid grid-cols-[1fr_auto] gap-y-1.5 border-t border-line px-4 py-3 text-13">
        <Fact name="Status">{workspace.status}</Fact>
        <Fact name="Runtime">
          <span className="font-mono text-12">{workspace.runtime}</span>
        </Fact>
        <Fact name="Tier">{workspace.tier}</Fact>
        <Fact name="Delegations at once">{workspace.maxConcurrentTasks}</Fact>
        <Fact name="Created">
          <TimeAgo at={workspace.createdAt} />
        </Fact>
        <Fact name="Id">
          <CopyableId id={workspace.id} label="workspace id" />
        </Fact>
      </dl>
    </div>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-fg-2">{name}</dt>
      <dd className="text-right tabular-nums">{children}</dd>
    </>
  )
}
