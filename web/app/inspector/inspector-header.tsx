import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { useActivity } from '../../features/delegations/index.ts'
import { StandingNote, useWorkspaces, WorkspaceControl } from '../../features/workspaces/index.ts'
import { cardState } from '../../graph/activity-words.ts'
import { useNow } from '../../ui/clock.ts'
import { glyphColors, StatusGlyph } from '../../ui/status-glyph.tsx'

/** Who it is, what it does now, and to whom it reports. */
export function InspectorHeader({ orgId, workspace }: { orgId: OrgId; workspace: Workspace }) {
  const workspaces = useWorkspaces(orgId)
  const nameOf = (id: string) => workspaces.find((one) => one.id === id)?.name
  const { glyph, words } = cardState(workspace, useActivity(workspace.id), nameOf, useNow())
  const parent = workspace.parentId === null ? undefined : nameOf(workspace.parentId)
  const facts = [workspace.model, parent ? `reports to ${parent}` : 'reports to nobody']
  return (
    <header className="px-4 pt-3 pb-2">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-0.5">
        <h2 className="min-w-28 flex-1 text-15 font-semibold break-words">{workspace.name}</h2>
        <span className="order-last flex shrink-0 gap-0.5">
          <WorkspaceControl orgId={orgId} workspace={workspace} />
        </span>
        <span className={`mt-0.5 flex max-w-full items-center gap-1.5 text-12 font-medium ${glyphColors[glyph]}`}>
          <StatusGlyph state={glyph} />
          <span className="min-w-0 break-words">{words}</span>
        </span>
      </div>
      <p className="mt-0.5 line-clamp-2 text-12 text-fg-2" title={workspace.role}>
        {[workspace.role, ...facts].filter(Boolean).join(' · ')}
      </p>
      <StandingNote orgId={orgId} workspace={workspace} />
    </header>
  )
}
