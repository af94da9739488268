import { useQuery } from '@tanstack/react-query'
import { ChevronRight, CircleUserRound } from 'lucide-react'
import { Suspense } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { ApprovalsBell } from '../features/approvals/index.ts'
import { NoticesBell } from '../features/notices/index.ts'
import { useWorkspaces } from '../features/workspaces/index.ts'
import { trpc } from '../kernel/trpc.ts'
import { Badge } from '../ui/badge.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { TopBar } from './top-bar.tsx'
import { useOpenTarget } from './use-open-target.ts'

const BudgetGauge = lazyPart(() =>
  import('../features/budgets/budget-gauge.tsx').then((part) => ({ default: part.BudgetGauge })),
)
const OrgSwitch = lazyPart(() => import('./org-menus.tsx').then((part) => ({ default: part.OrgSwitch })))
const ModelSwitch = lazyPart(() => import('./model-switch.tsx').then((part) => ({ default: part.ModelSwitch })))
const PersonMenu = lazyPart(() => import('./org-menus.tsx').then((part) => ({ default: part.PersonMenu })))

export type OrgTopBarProps = {
  orgId: OrgId
  selected: Workspace | undefined
  onSelect: (id: WorkspaceId) => void
}

/** Which org, which team, who plays the models, and the person. What opens is fetched after the first paint. */
export function OrgTopBar({ orgId, selected, onSelect }: OrgTopBarProps) {
  const orgs = useQuery(trpc.orgs.list.queryOptions())
  const org = orgs.data?.find((candidate) => candidate.id === orgId)
  const openTarget = useOpenTarget(orgId)
  const team = useTeamOf(orgId, selected)
  return (
    <TopBar
      place={
        <>
          {org && (
            <Suspense fallback={<span className="h-7 truncate px-1.5 leading-7 font-semibold">{org.name}</span>}>
              <OrgSwitch orgId={orgId} orgs={orgs.data ?? []} name={org.name} />
            </Suspense>
          )}
          {team && (
            <>
              <ChevronRight size={14} strokeWidth={1.75} aria-hidden className="hidden shrink-0 text-fg-3 wide:block" />
              <button
                type="button"
                onClick={() => onSelect(team.id)}
                className="hidden min-w-0 truncate rounded-4 px-1 text-fg-2 hover:text-fg wide:block"
              >
                {team.name}’s team
              </button>
            </>
          )}
        </>
      }
    >
      <Suspense fallback={<span className="h-7 w-20 shrink-0 rounded-6 border border-line" />}>
        <BudgetGauge orgId={orgId} />
      </Suspense>
      <ApprovalsBell orgId={orgId} />
      <NoticesBell orgId={orgId} onOpen={openTarget} />
      {org && (
        <Suspense
          fallback={
            <span className="hidden wide:flex">
              <Badge tone={org.isRehearsal ? 'accent' : 'neutral'}>
                {org.isRehearsal ? 'Rehearsal' : 'Live models'}
              </Badge>
            </span>
          }
        >
          <ModelSwitch org={org} />
        </Suspense>
      )}
      <Suspense fallback={<IconButton icon={CircleUserRound} label="You" disabled />}>
        <PersonMenu />
      </Suspense>
    </TopBar>
  )
}

/** The team the selected workspace belongs to: its own, where it leads one, else that of its parent. */
function useTeamOf(orgId: OrgId, selected: Workspace | undefined): Workspace | undefined {
  const workspaces = useWorkspaces(orgId)
  if (!selected) return undefined
  if (workspaces.some((workspace) => workspace.parentId === selected.id)) return selected
  return workspaces.find((workspace) => workspace.id === selected.parentId)
}
