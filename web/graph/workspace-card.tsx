import type { NodeProps } from '@xyflow/react'
import { Scissors, Snowflake } from 'lucide-react'
import { memo } from 'react'
import { formatMoney } from '#shared/kernel/format-money.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { useIsCut } from '../features/copies/index.ts'
import { type Activity, useActivity } from '../features/delegations/index.ts'
import { PeopleMarks, usePeopleAt } from '../features/drafts/index.ts'
import { shownTime } from '../features/past/index.ts'
import { classes } from '../ui/classes.ts'
import { useNow } from '../ui/clock.ts'
import { glyphColors, StatusGlyph } from '../ui/status-glyph.tsx'
import { type CardState, cardState } from './activity-words.ts'
import { dropMarks, tabStop } from './card-marks.ts'
import { useIsDimmed } from './filter/match-store.ts'
import { type HeatScale, isMeasuring, levelOf, measure, valueWords } from './heat/heat.ts'
import { stateBands, swatches } from './heat/heat-look.ts'
import { useHeat } from './heat/heat-store.ts'
import { useMark } from './mark-store.ts'
import { nameOf } from './names.ts'
import type { WorkspaceNode } from './project.ts'
import { useTeam } from './teams/team-store.ts'
import { summaryWords, type TeamSummary } from './teams/team-summary.ts'
import { TeamToggle } from './teams/team-toggle.tsx'

/**
 * A workspace on the graph, or a whole team; it hears of its own activity only. One change renders the card and its clock and
 * nothing else: what stands still in between is markup, or remembered.
 */
export const WorkspaceCard = memo(function WorkspaceCard({ data, selected, dragging }: NodeProps<WorkspaceNode>) {
  const { workspace, teamSize } = data
  const own = useActivity(workspace.id)
  const team = useTeam(workspace.id)
  const drop = useMark(dropMarks, workspace.id)
  const isTabStop = useMark(tabStop, workspace.id)
  const isDimmed = useIsDimmed(workspace.id)
  const isCut = useIsCut(workspace.id)
  const heat = useHeat()
  const activity = team?.worst ?? own
  const state = cardState(workspace, activity, nameOf, 0)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a card on a canvas is no fieldset.
    <div
      role="group"
      aria-label={workspace.name}
      data-workspace-id={workspace.id}
      data-status={workspace.status}
      data-activity={activity.activity}
      data-frozen={workspace.isFrozen || undefined}
      data-collapsed={team !== undefined || undefined}
      data-dimmed={isDimmed || undefined}
      data-cut={isCut || undefined}
      tabIndex={isTabStop ? 0 : -1}
      className={classes(
        'relative flex h-[76px] w-[232px] flex-col justify-center overflow-hidden rounded-8 border border-line bg-raised px-3',
        team ? pile : 'shadow-card',
        // What changes in one card is laid out and painted in that card; from afar the worker draws it instead.
        '[contain:strict] group-data-[detail=block]/graph:opacity-0 group-data-[detail=block]/graph:[content-visibility:hidden]',
        selected && 'outline-2 outline-accent',
        workspace.status === 'paused' && 'bg-surface-2',
        dragging && 'shadow-float',
        isCut && 'border-dashed border-line-2 bg-surface-2 text-fg-2 shadow-none',
        isDimmed && 'border-dashed bg-canvas text-fg-3 shadow-none [&_[data-fades]]:invisible',
        drop !== undefined && (drop === '' ? 'outline-2 outline-accent bg-accent-soft' : 'outline-2 outline-danger'),
        heat.kind !== 'none' && 'pl-4.5',
      )}
    >
      {band(heat, state, team ?? own)}
      {drop ? (
        <>
          <span className="truncate font-semibold">{workspace.name}</span>
          <span className="line-clamp-2 text-12 text-danger">{drop}</span>
        </>
      ) : (
        <>
          <div className="flex min-w-0 items-center gap-2">
            <span
              title={workspace.name}
              className="min-w-0 flex-1 truncate text-13 font-semibold group-data-[detail=name]/graph:text-[22px] group-data-[detail=name]/graph:leading-7"
            >
              {workspace.name}
            </span>
            <PeopleHere workspaceId={workspace.id} />
            {isCut && cutMark}
            {workspace.isFrozen && <FrozenMark />}
            {corner(workspace, own, team)}
          </div>
          <div data-fades className="flex min-w-0 items-center gap-2 group-data-[detail=name]/graph:hidden">
            {team ? (
              <p className="min-w-0 flex-1 truncate text-12 text-fg-2" title={summaryWords(team)}>
                {summaryWords(team)}
              </p>
            ) : (
              <p className="min-w-0 flex-1 truncate text-12 text-fg-2" title={workspace.role}>
                {workspace.role}
              </p>
            )}
            {teamSize > 0 && (
              <TeamToggle id={workspace.id} name={workspace.name} count={teamSize} isCollapsed={data.isCollapsed} />
            )}
          </div>
          <div
            data-fades
            className="flex min-w-0 items-center justify-between gap-2 text-12 group-data-[detail=name]/graph:mt-0.5 group-data-[detail=name]/graph:text-[17px] group-data-[detail=name]/graph:leading-6"
          >
            {activity.activity === 'idle' ? status(state) : <TimedStatus workspace={workspace} activity={activity} />}
            {measured(heat, team ?? own)}
          </div>
        </>
      )}
      {progress(activity)}
    </div>
  )
}, isSameCard)

/** Where it lies is its wrapper's matter: a card that is dragged is moved, not drawn anew. */
function isSameCard(before: NodeProps<WorkspaceNode>, after: NodeProps<WorkspaceNode>): boolean {
  return before.data === after.data && before.selected === after.selected && before.dragging === after.dragging
}

/** A whole team looks like a pile of cards. */
const pile =
  'shadow-[0_5px_0_-2px_var(--raised),0_5px_0_-1px_var(--line-2),0_9px_0_-5px_var(--raised),0_9px_0_-4px_var(--line-2)]'

/** Reads the clock, so that idle cards need not. */
function TimedStatus({ workspace, activity }: { workspace: Workspace; activity: Activity }) {
  const now = Math.max(shownTime(useNow()), activity.since ?? 0)
  return status(cardState(workspace, activity, nameOf, now))
}

/** Who else looks at it or edits it; drawn again only when somebody comes or goes. */
const PeopleHere = memo(function PeopleHere({ workspaceId }: { workspaceId: Workspace['id'] }) {
  return <PeopleMarks people={usePeopleAt(workspaceId)} size="small" />
})

const cutMark = (
  <span title="Cut: it moves when you paste" className="flex shrink-0 text-fg-2">
    <Scissors size={13} strokeWidth={1.75} role="img" aria-label="Cut" />
  </span>
)

/** Also where it is frozen with one above it. */
const FrozenMark = memo(function FrozenMark() {
  return (
    <span title="Frozen: it may think and read, nothing else" className="flex shrink-0 text-fg-2">
      <Snowflake size={13} strokeWidth={1.75} role="img" aria-label="Frozen" />
    </span>
  )
})

function status({ glyph, words }: CardState) {
  return (
    <span
      className={classes(
        'flex min-w-0 items-center gap-1.5',
        glyphColors[glyph],
        glyph === 'idle' ? '' : 'font-medium',
      )}
    >
      {StatusGlyph({ state: glyph, size: 13 })}
      <span className="truncate" title={words}>
        {words}
      </span>
    </span>
  )
}

/** At the left edge: the overlay's colour, else a thin bar where someone must look. */
function band(heat: HeatScale, { glyph, alert }: CardState, values: Activity | TeamSummary) {
  if (heat.kind !== 'none') {
    const color = isMeasuring(heat.kind)
      ? swatches[heat.kind][levelOf(measure(heat.kind, values), heat.top)]
      : stateBands[glyph]
    return <span aria-hidden data-fades className={classes('absolute inset-y-0 left-0 w-2.5', color)} />
  }
  if (!alert) return null
  const color = alert === 'failed' ? 'bg-state-failed' : 'bg-state-waiting'
  return <span aria-hidden data-fades className={classes('absolute inset-y-0 left-0 w-[3px]', color)} />
}

/** At the upper right: how much waits here, else the model, without its provider, which the tooltip says. */
function corner({ status, model }: Workspace, { activity, queued }: Activity, team: TeamSummary | undefined) {
  const isSaid = activity === 'queued' && status !== 'paused'
  const waits = team?.queued ?? (queued > (isSaid ? 1 : 0) ? queued : 0)
  if (waits > 0) {
    return (
      <span className="inline-flex h-[18px] shrink-0 items-center rounded-4 bg-surface-3 px-1.5 text-[11px] font-medium whitespace-nowrap text-fg-2 group-data-[detail=name]/graph:hidden">
        {waits} queued
      </span>
    )
  }
  if (team) return null
  return (
    <span
      data-fades
      className="max-w-24 shrink-0 truncate font-mono text-[11px] text-fg-3 group-data-[detail=name]/graph:hidden"
      title={model}
    >
      {model.slice(model.indexOf(':') + 1)}
    </span>
  )
}

/** At the lower right: what was spent today, or what the overlay measures. */
function measured(heat: HeatScale, values: Activity | TeamSummary) {
  if (isMeasuring(heat.kind)) {
    const value = measure(heat.kind, values)
    return (
      <span
        className={classes(
          'shrink-0 font-mono text-[11px] group-data-[detail=name]/graph:text-[15px]',
          value > 0 ? 'font-medium' : 'text-fg-3',
        )}
      >
        {valueWords(heat.kind, value)}
      </span>
    )
  }
  return (
    <span
      className="shrink-0 font-mono text-[11px] text-fg-3 group-data-[detail=name]/graph:hidden"
      title="Spent today"
    >
      {formatMoney(values.spendToday)}
    </span>
  )
}

/** Children that are done of those handed out; full while the workspace itself is at work. */
function progress({ activity, waitingOn }: Activity) {
  const isWaiting = activity === 'waiting-child' && waitingOn.given > 1
  if (activity !== 'working' && !isWaiting) return null
  const share = isWaiting ? (waitingOn.given - waitingOn.open) / waitingOn.given : 1
  return (
    <span
      aria-hidden
      data-fades
      className="absolute bottom-0 left-0 h-0.5 bg-state-working transition-[width] duration-(--motion-layout)"
      style={{ width: `${share * 100}%` }}
    />
  )
}
