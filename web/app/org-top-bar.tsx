import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ChevronDown, ChevronRight, CircleUserRound } from 'lucide-react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { useWorkspaces } from '../features/workspaces/index.ts'
import { readProblem } from '../kernel/app-error.ts'
import { queryClient, trpc } from '../kernel/trpc.ts'
import { Badge } from '../ui/badge.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, type MenuEntry } from '../ui/menu.tsx'
import { Popover } from '../ui/popover.tsx'
import { notify } from '../ui/toast.ts'
import { forgetOrg } from './last-org.ts'
import { signOut } from './sign-in.ts'
import { TopBar } from './top-bar.tsx'

export type OrgTopBarProps = {
  orgId: OrgId
  selected: Workspace | undefined
  onSelect: (id: WorkspaceId) => void
}

/** Which org, which team, who plays the models, and the person. */
export function OrgTopBar({ orgId, selected, onSelect }: OrgTopBarProps) {
  const orgs = useQuery(trpc.orgs.list.queryOptions())
  const navigate = useNavigate()
  const org = orgs.data?.find((candidate) => candidate.id === orgId)
  const team = useTeamOf(orgId, selected)
  const switchTo = (id: string) => void navigate({ to: '/o/$orgId', params: { orgId: id }, search: {} })
  const leave = async () => {
    await signOut()
    forgetOrg()
    queryClient.clear()
    await navigate({ to: '/sign-in', replace: true })
  }
  const entries: MenuEntry[] = [
    {
      kind: 'choice',
      id: 'orgs',
      label: 'Organisations',
      value: orgId,
      choose: switchTo,
      options: (orgs.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
    },
  ]
  return (
    <TopBar
      place={
        <>
          <Menu label="Organisations" entries={entries} align="start">
            <button
              type="button"
              aria-label={`Organisation: ${org?.name ?? 'loading'}`}
              className="flex h-7 min-w-0 items-center gap-1 rounded-6 px-1.5 font-semibold hover:bg-hover"
            >
              <span className="truncate">{org?.name ?? ' '}</span>
              <ChevronDown size={14} strokeWidth={1.75} aria-hidden className="shrink-0 text-fg-3" />
            </button>
          </Menu>
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
      {org?.isRehearsal && (
        <Popover
          label="About rehearsal"
          trigger={
            <button type="button" className="hidden rounded-4 wide:flex">
              <Badge tone="accent">Rehearsal</Badge>
            </button>
          }
        >
          <p className="max-w-72 text-13 text-pretty text-fg-2">
            The rehearsal model plays every workspace here: no key, no cost, and the same words for the same task. Its
            answers are marked wherever they appear.
          </p>
        </Popover>
      )}
      <Menu
        label="You"
        entries={[
          {
            id: 'sign-out',
            label: 'Sign out',
            run: () =>
              void leave().catch((error: unknown) => notify({ title: readProblem(error).message, tone: 'failed' })),
          },
        ]}
      >
        <IconButton icon={CircleUserRound} label="You" />
      </Menu>
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
