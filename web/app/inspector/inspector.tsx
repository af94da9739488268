import { X } from 'lucide-react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { ActivityTab } from '../../features/audit/index.ts'
import { ChatTab } from '../../features/chat/index.ts'
import { DelegationDetail, WorkTab } from '../../features/delegations/index.ts'
import { MemoryTab } from '../../features/memory/index.ts'
import { SchedulesTab } from '../../features/schedules/index.ts'
import { isMacPlatform, keyCaps } from '../../kernel/keys.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useIsNarrow } from '../shell-state.ts'
import type { Place } from '../use-place.ts'
import { AccessTab } from './access-tab.tsx'
import { InspectorHeader } from './inspector-header.tsx'
import { OverviewTab } from './overview-tab.tsx'

const tabs = [
  { id: 'overview', label: 'Overview' },
  { id: 'chat', label: 'Chat' },
  { id: 'work', label: 'Work' },
  { id: 'memory', label: 'Memory' },
  { id: 'schedules', label: 'Schedules' },
  { id: 'access', label: 'Access' },
  { id: 'activity', label: 'Activity' },
] as const

export type InspectorProps = {
  orgId: OrgId
  workspace: Workspace
  place: Place
  onEdit: (what: 'prompt' | 'config') => void
  onClose: () => void
}

/** Everything about one workspace. */
export function Inspector({ orgId, workspace, place, onEdit, onClose }: InspectorProps) {
  const { tab, delegationId } = place
  const isNarrow = useIsNarrow()
  const active = tabs.find(({ id }) => id === tab)?.id ?? 'overview'
  return (
    <section aria-label="Inspector" className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
      <InspectorHeader orgId={orgId} workspace={workspace} />
      <Tabs
        label={`About ${workspace.name}`}
        tabs={tabs}
        active={active}
        onSelect={place.showTab}
        // On a narrow screen the bar below leads away from here.
        aside={
          isNarrow ? undefined : (
            <IconButton
              icon={X}
              label="Close the inspector"
              keys={keyCaps('Mod+B', isMacPlatform())}
              size="small"
              onClick={onClose}
            />
          )
        }
      >
        {active === 'overview' && (
          <OverviewTab key={workspace.id} orgId={orgId} workspace={workspace} onEdit={onEdit} />
        )}
        {active === 'chat' && (
          <ChatTab key={workspace.id} orgId={orgId} workspace={workspace} onOpenTrace={place.showWork} />
        )}
        {active === 'work' &&
          (delegationId === null ? (
            <WorkTab orgId={orgId} workspaceId={workspace.id} onOpen={place.showDelegation} />
          ) : (
            <DelegationDetail
              key={delegationId}
              orgId={orgId}
              delegationId={delegationId}
              onOpen={place.showDelegation}
              onClose={() => place.showDelegation(null)}
            />
          ))}
        {active === 'schedules' && (
          <SchedulesTab key={workspace.id} orgId={orgId} workspace={workspace} onOpenWork={place.showWork} />
        )}
        {active === 'memory' && <MemoryTab key={workspace.id} orgId={orgId} workspace={workspace} />}
        {active === 'access' && (
          <AccessTab key={workspace.id} orgId={orgId} workspace={workspace} onSelect={place.select} />
        )}
        {active === 'activity' && <ActivityTab orgId={orgId} workspaceId={workspace.id} onOpenWork={place.showWork} />}
      </Tabs>
    </section>
  )
}
