import type { NodeProps } from '@xyflow/react'
import { Snowflake } from 'lucide-react'
import { memo } from 'react'
import { formatMoney } from '#shared/kernel/format-money.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { type Activity, useActivity } from '../features/delegations/index.ts'
import { shownTime } from '../features/past/index.ts'
import { Badge } from '../ui/badge.tsx'
import { classes } from '../ui/classes.ts'
import { useNow } from '../ui/clock.ts'
import { glyphColors, StatusGlyph } from '../ui/status-glyph.tsx'
import { cardState } from './activity-words.ts'
import { dropMarks, tabStop } from './card-marks.ts'
import { useMark } from './mark-store.ts'
import { nameOf } from './names.ts'
import type { WorkspaceNode } from './project.ts'

/** A workspace on the graph; it hears of its own activity only. */
export const WorkspaceCard = memo(function WorkspaceCard({ data, selected, dragging }: NodeProps<WorkspaceNode>) {
  const { workspace } = data
  const activity = useActivity(workspace.id)
  const drop = useMark(dropMarks, workspace.id)
  const isTabStop = useMark(tabStop, workspace.id)
  const { alert } = cardState(workspace, activity, nameOf, 0)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a card on a canvas is no fieldset.
    <div
      role="group"
      aria-label={workspace.name}
      data-workspace-id={workspace.id}
      data-status={workspace.status}
      data-activity={activity.activity}
      data-frozen={workspace.isFrozen || undefined}
      tabIndex={isTabStop ? 0 : -1}
      className={classes(
        'relative flex h-[76px] w-[232px] flex-col justify-center overflow-hidden rounded-8 border border-line bg-raised px-3 shadow-card',
        // What changes in one card is laid out and painted in that card; from afar the worker draws it instead.
        '[contain:strict] group-data-[detail=block]/graph:opacity-0 group-data-[detail=block]/graph:[content-visibility:hidden]',
        selected && 'outline-2 outline-accent',
        workspace.status === 'paused' && 'bg-surface-2',
        dragging && 'opacity-85 shadow-float',
        drop !== undefined && (drop === '' ? 'outline-2 outline-accent bg-accent-soft' : 'outline-2 outline-danger'),
      )}
    >
      {alert && (
        <span
          aria-hidden
          className={classes(
            'absolute inset-y-0 left-0 w-[3px]',
            alert === 'failed' ? 'bg-state-failed' : 'bg-state-waiting',
          )}
        />
      )}
      {drop ? <Refusal name={workspace.name} reason={drop} /> : <Content workspace={workspace} activity={activity} />}
      <Progress activity={activity} />
    </div>
  )
})

function Content({ workspace, activity }: { workspace: Workspace; activity: Activity }) {
  return (
    <>
      <div className="flex min-w-0 items-center gap-2">
        <span
          title={workspace.name}
          className="min-w-0 flex-1 truncate text-13 font-semibold group-data-[detail=name]/graph:text-[22px] group-data-[detail=name]/graph:leading-7"
        >
          {workspace.name}
        </span>
        {workspace.isFrozen && <FrozenMark />}
        <span className="flex min-w-0 max-w-24 shrink-0 group-data-[detail=name]/graph:hidden">
          {activity.queued > (activity.activity === 'queued' && workspace.status !== 'paused' ? 1 : 0) ? (
            <Badge>{activity.queued} queued</Badge>
          ) : (
            <Model model={workspace.model} />
          )}
        </span>
      </div>
      <p className="truncate text-12 text-fg-2 group-data-[detail=name]/graph:hidden" title={workspace.role}>
        {workspace.role}
      </p>
      <div className="flex min-w-0 items-center justify-between gap-2 text-12 group-data-[detail=name]/graph:mt-0.5 group-data-[detail=name]/graph:text-[17px] group-data-[detail=name]/graph:leading-6">
        <StatusLine workspace={workspace} activity={activity} />
        <span
          className="shrink-0 font-mono text-[11px] text-fg-3 group-data-[detail=name]/graph:hidden"
          title="Spent today"
        >
          {formatMoney(activity.spendToday)}
        </span>
      </div>
    </>
  )
}

/** Also where it is frozen with one above it. */
function FrozenMark() {
  return (
    <span title="Frozen: it may think and read, nothing else" className="flex shrink-0 text-fg-2">
      <Snowflake size={13} strokeWidth={1.75} role="img" aria-label="Frozen" />
    </span>
  )
}

function StatusLine({ workspace, activity }: { workspace: Workspace; activity: Activity }) {
  const isTimed = activity.activity !== 'idle'
  return isTimed ? (
    <TimedStatus workspace={workspace} activity={activity} />
  ) : (
    <Status workspace={workspace} activity={activity} now={0} />
  )
}

/** Reads the clock, so that idle cards need not. */
function TimedStatus({ workspace, activity }: { workspace: Workspace; activity: Activity }) {
  return <Status workspace={workspace} activity={activity} now={Math.max(shownTime(useNow()), activity.since ?? 0)} />
}

function Status({ workspace, activity, now }: { workspace: Workspace; activity: Activity; now: number }) {
  const { glyph, words } = cardState(workspace, activity, nameOf, now)
  return (
    <span
      className={classes(
        'flex min-w-0 items-center gap-1.5',
        glyphColors[glyph],
        glyph === 'idle' ? '' : 'font-medium',
      )}
    >
      <StatusGlyph state={glyph} size={13} />
      <span className="truncate" title={words}>
        {words}
      </span>
    </span>
  )
}

function Refusal({ name, reason }: { name: string; reason: string }) {
  return (
    <>
      <span className="truncate font-semibold">{name}</span>
      <span className="line-clamp-2 text-12 text-danger">{reason}</span>
    </>
  )
}

/** Children that are done of those handed out; full while the workspace itself is at work. */
function Progress({ activity: { activity, waitingOn } }: { activity: Activity }) {
  const isWaiting = activity === 'waiting-child' && waitingOn.given > 1
  if (activity !== 'working' && !isWaiting) return null
  const share = isWaiting ? (waitingOn.given - waitingOn.open) / waitingOn.given : 1
  return (
    <span
      aria-hidden
      className="absolute bottom-0 left-0 h-0.5 bg-state-working transition-[width] duration-(--motion-layout)"
      style={{ width: `${share * 100}%` }}
    />
  )
}

/** Without its provider, which the tooltip says. */
function Model({ model }: { model: string }) {
  return (
    <span className="truncate font-mono text-[11px] text-fg-3" title={model}>
      {model.slice(model.indexOf(':') + 1)}
    </span>
  )
}
