import { CircleStop, Hand, KeyRound, type LucideIcon, MessageSquare } from 'lucide-react'
import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react'
import { formatMoney } from '#shared/kernel/format-money.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { askApprovals } from '../../features/approvals/index.ts'
import { type Activity, askStopWork, liveStore, useActivity } from '../../features/delegations/index.ts'
import { shownTime, useIsPast } from '../../features/past/index.ts'
import { askKeys } from '../../features/secrets/index.ts'
import { useMay } from '../../kernel/may.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { useNow } from '../../ui/clock.ts'
import { glyphColors, StatusGlyph } from '../../ui/status-glyph.tsx'
import { cardState } from '../activity-words.ts'
import type { GraphPaneProps } from '../graph-pane-props.ts'
import { inNeedOrder, type Need, needOf, needWords } from './needs.ts'

type ListProps = Pick<GraphPaneProps, 'orgId' | 'selectedId' | 'onOpen'> & { workspaces: readonly Workspace[] }

/** The org for a small screen: who needs somebody stands first, with the one act that helps. */
export function AttentionList({ orgId, workspaces, selectedId, onOpen }: ListProps) {
  const groups = useGroups(workspaces)
  const names = useMemo(() => new Map<string, string>(workspaces.map(({ id, name }) => [id, name])), [workspaces])
  return (
    <div className="min-h-0 flex-1 overflow-y-auto pb-4">
      {groups.map(([need, found]) => (
        <section key={need} aria-label={needWords[need]}>
          <h2 className="sticky top-0 z-1 flex items-baseline gap-2 border-b border-line bg-canvas px-4 pt-4 pb-1.5 text-12 font-medium text-fg-2">
            {needWords[need]} <span className="tabular-nums">{found.length}</span>
          </h2>
          <ul>
            {found.map((workspace) => (
              <Row
                key={workspace.id}
                orgId={orgId}
                workspace={workspace}
                isSelected={workspace.id === selectedId}
                nameOf={(id) => names.get(id)}
                onOpen={onOpen}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

type RowProps = Pick<GraphPaneProps, 'orgId' | 'onOpen'> & {
  workspace: Workspace
  isSelected: boolean
  nameOf: (id: string) => string | undefined
}

function Row({ orgId, workspace, isSelected, nameOf, onOpen }: RowProps) {
  const activity = useActivity(workspace.id)
  const now = Math.max(shownTime(useNow()), activity.since ?? 0)
  const { glyph, words, alert } = cardState(workspace, activity, nameOf, now)
  const act = useAct(orgId, workspace, activity, onOpen)
  return (
    <li>
      {/* biome-ignore lint/a11y/useSemanticElements: a row of a list is no fieldset. */}
      <div
        role="group"
        aria-label={workspace.name}
        data-workspace-id={workspace.id}
        data-activity={activity.activity}
        className={classes(
          'relative flex items-center gap-2 border-b border-line bg-surface pr-3',
          isSelected && 'bg-accent-soft',
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
        <button
          type="button"
          aria-current={isSelected || undefined}
          onClick={() => onOpen(workspace.id, 'details')}
          className="flex min-h-16 min-w-0 flex-1 flex-col justify-center py-2 pl-4 text-left focus-visible:outline-offset-[-2px]"
        >
          <span className="flex w-full items-baseline gap-2">
            <span className="min-w-0 flex-1 truncate font-semibold">{workspace.name}</span>
            <span className="shrink-0 font-mono text-12 text-fg-2">{formatMoney(activity.spendToday)}</span>
          </span>
          {workspace.role !== '' && <span className="w-full truncate text-12 text-fg-2">{workspace.role}</span>}
          <span className={classes('flex w-full min-w-0 items-center gap-1.5 text-12', glyphColors[glyph])}>
            <StatusGlyph state={glyph} size={13} />
            <span className="truncate">{words}</span>
          </span>
        </button>
        {act && (
          <Button
            icon={act.icon}
            onClick={act.run}
            aria-label={`${act.label}: ${workspace.name}`}
            className="h-11 max-w-32"
          >
            {act.label}
          </Button>
        )}
      </div>
    </li>
  )
}

type Act = { label: string; icon: LucideIcon; run: () => void }

/** The one thing that helps it on, where the person may do it. */
function useAct(
  orgId: OrgId,
  { id, marks }: Workspace,
  { activity, running, queued }: Activity,
  onOpen: GraphPaneProps['onOpen'],
): Act | undefined {
  const isPast = useIsPast()
  const mayStop = useMay(orgId, 'delegations.cancel')
  const mayAnswer = useMay(orgId, 'approvals.answer')
  const mayTalk = useMay(orgId, 'chat.write')
  const mayKeep = useMay(orgId, 'secrets.workspace.write')
  if (isPast) return undefined
  if (activity === 'waiting-approval' && mayAnswer) {
    return { label: 'Answer', icon: Hand, run: () => askApprovals('bell') }
  }
  if (activity === 'waiting-input' && mayTalk) {
    return { label: 'Answer', icon: MessageSquare, run: () => onOpen(id, 'chat') }
  }
  if (running + queued > 0 && mayStop) return { label: 'Stop', icon: CircleStop, run: () => askStopWork([id]) }
  if (marks.length > 0 && activity === 'idle' && mayKeep) {
    return { label: 'Add key', icon: KeyRound, run: () => askKeys({ kind: 'workspace', workspaceId: id }) }
  }
  return undefined
}

/** Ordered anew only when a workspace comes to need something else. */
function useGroups(workspaces: readonly Workspace[]): [Need, Workspace[]][] {
  const last = useRef<{ words: string; needs: readonly Need[] }>({ words: '', needs: [] })
  const now = useCallback(() => {
    const needs = workspaces.map((workspace) => needOf(workspace, liveStore.activity(workspace.id)))
    const words = needs.join()
    if (words !== last.current.words) last.current = { words, needs }
    return last.current.needs
  }, [workspaces])
  const needs = useSyncExternalStore(liveStore.onFrame, now)
  return useMemo(() => inNeedOrder(workspaces, needs), [workspaces, needs])
}
