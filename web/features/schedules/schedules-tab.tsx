import { useQuery } from '@tanstack/react-query'
import { CalendarClock, Plus } from 'lucide-react'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { ScheduleView } from '#shared/schedules/contract.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useMay } from '../../kernel/may.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { DeclaredOffer } from './declared-offer.tsx'
import { ScheduleDialog } from './schedule-dialog.tsx'
import { ScheduleRow } from './schedule-row.tsx'

export type SchedulesTabProps = {
  orgId: OrgId
  workspace: Pick<Workspace, 'id' | 'name'>
  onOpenWork: (delegationId: string) => void
}

/** The work a workspace is given by the clock. */
export function SchedulesTab({ orgId, workspace, onOpenWork }: SchedulesTabProps) {
  const [edited, setEdited] = useState<ScheduleView | 'new' | null>(null)
  const mayWrite = useMay(orgId, 'schedules.write')
  const schedules = useQuery({
    ...trpc.schedules.list.queryOptions({ orgId, workspaceId: workspace.id }),
    staleTime: 0,
  })
  const dialog = edited !== null && (
    <ScheduleDialog
      orgId={orgId}
      workspace={workspace}
      saved={edited === 'new' ? null : edited}
      onClose={() => setEdited(null)}
    />
  )
  if (schedules.error && !schedules.data) {
    const { message, fix } = readProblem(schedules.error)
    return (
      <ErrorPanel title={message} action={<Button onClick={() => void schedules.refetch()}>Try again</Button>}>
        {fix}
      </ErrorPanel>
    )
  }
  if (!schedules.data) {
    return (
      <div className="p-4">
        <SkeletonLines count={4} label="Loading the schedules" />
      </div>
    )
  }
  if (schedules.data.length === 0) {
    return (
      <>
        <DeclaredOffer orgId={orgId} workspaceId={workspace.id} />
        <EmptyState
          icon={CalendarClock}
          title="No schedule yet"
          action={
            mayWrite && (
              <Button icon={Plus} onClick={() => setEdited('new')}>
                New schedule
              </Button>
            )
          }
        >
          A schedule gives {workspace.name} a task by the clock: every morning, every Monday, every hour.
        </EmptyState>
        {dialog}
      </>
    )
  }
  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {schedules.data.map((schedule) => (
          <ScheduleRow
            key={schedule.id}
            orgId={orgId}
            schedule={schedule}
            onEdit={() => setEdited(schedule)}
            onOpenWork={onOpenWork}
          />
        ))}
        <DeclaredOffer orgId={orgId} workspaceId={workspace.id} />
      </div>
      {mayWrite && (
        <footer className="flex shrink-0 border-t border-line px-4 py-2.5">
          <Button icon={Plus} onClick={() => setEdited('new')}>
            New schedule
          </Button>
        </footer>
      )}
      {dialog}
    </>
  )
}
