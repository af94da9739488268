import { ChevronDown, ChevronRight, MoreHorizontal, Pencil, Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { ScheduleView } from '#shared/schedules/contract.ts'
import { describeCron } from '#shared/schedules/describe-cron.ts'
import { useMay } from '../../kernel/may.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Switch } from '../../ui/switch.tsx'
import { formatIn, formatUntil } from './format-until.ts'
import { RunLine, ScheduleRuns } from './schedule-runs.tsx'
import { useScheduleActs } from './use-schedule-acts.ts'

type RowProps = {
  orgId: OrgId
  schedule: ScheduleView
  onEdit: () => void
  onOpenWork: (delegationId: string) => void
}

/** One schedule: when, what next, what last, and what can be done with it. */
export function ScheduleRow({ orgId, schedule, onEdit, onOpenWork }: RowProps) {
  const [isOpen, setOpen] = useState(false)
  const mayWrite = useMay(orgId, 'schedules.write')
  const acts = useScheduleActs(onOpenWork)
  const { id: scheduleId, name, cron, timeZone, task, isEnabled, lastRun } = schedule
  const which = { orgId, scheduleId, name }
  const flip = (isOn: boolean) => (isOn ? acts.enable : acts.disable).mutate(which)
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <article aria-label={name} className="border-b border-line px-4 py-3">
      <div className="flex items-start gap-2">
        <h3 className="min-w-0 flex-1 text-13 font-semibold break-words">{name}</h3>
        <span className="mt-0.5">
          <Switch
            label={isEnabled ? `Switch ${name} off` : `Switch ${name} on`}
            isOn={isEnabled}
            onChange={flip}
            disabled={!mayWrite || acts.enable.isPending || acts.disable.isPending}
          />
        </span>
      </div>
      <p className="text-12 text-fg-2" title={`${cron} · ${timeZone}`}>
        {describeCron(cron)} <span className="text-fg-3">· {timeZone}</span>
      </p>
      <p className="mt-1 line-clamp-2 text-13 break-words" title={task}>
        {task}
      </p>
      <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-12 text-fg-2">
        <NextRun schedule={schedule} />
        {schedule.failuresInARow >= 3 && <Badge tone="failed">Failed {schedule.failuresInARow} times in a row</Badge>}
      </p>
      {!isOpen && lastRun && (
        <div className="-mx-1.5 mt-1">
          <RunLine run={lastRun} onOpenWork={onOpenWork} />
        </div>
      )}
      <div className="mt-1.5 flex items-center gap-1">
        {mayWrite && (
          <Button size="small" icon={Play} isBusy={acts.run.isPending} onClick={() => acts.run.mutate(which)}>
            Run now
          </Button>
        )}
        <Button size="small" tone="ghost" icon={Chevron} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          History
        </Button>
        <span className="ml-auto" hidden={!mayWrite}>
          <Menu
            label={`More for ${name}`}
            entries={[
              { id: 'edit', label: 'Change…', icon: Pencil, run: onEdit },
              { kind: 'rule', id: 'rule' },
              { id: 'delete', label: 'Delete', icon: Trash2, tone: 'danger', run: () => acts.remove.mutate(which) },
            ]}
          >
            <IconButton icon={MoreHorizontal} label={`More for ${name}`} size="small" />
          </Menu>
        </span>
      </div>
      {isOpen && (
        <div className="-mx-1.5 mt-1">
          <ScheduleRuns orgId={orgId} scheduleId={scheduleId} name={name} onOpenWork={onOpenWork} />
        </div>
      )}
    </article>
  )
}

function NextRun({ schedule }: { schedule: ScheduleView }) {
  const now = useNow()
  const { isEnabled, nextRunAt, deferredSince, timeZone } = schedule
  if (!isEnabled) return <span>Off</span>
  if (deferredSince !== null) return <span>Waits for the run before to end</span>
  if (nextRunAt === null) return <span className="text-danger">Its time never comes. Change it.</span>
  return (
    <span>
      Next{' '}
      <time dateTime={nextRunAt} title={formatIn(timeZone, nextRunAt)} className="text-fg tabular-nums">
        {formatUntil(nextRunAt, now)}
      </time>
    </span>
  )
}
