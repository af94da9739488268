import { formatAgo, formatDuration } from '#shared/kernel/format-time.ts'
import type { Workspace, WorkspaceStatus } from '#shared/workspaces/contract.ts'
import type { Activity, ActivityKind } from '../features/delegations/index.ts'
import type { GlyphState } from '../ui/status-glyph.tsx'

/** What a card says about its workspace: a glyph, a word, and a bar at its left where someone must look. */
export type CardState = { glyph: GlyphState; words: string; alert: 'waiting' | 'failed' | undefined }

type Subject = Pick<Workspace, 'status' | 'marks'>

/** `nameOf` names another workspace; `now` in milliseconds. */
export function cardState(
  { status, marks }: Subject,
  activity: Activity,
  nameOf: (id: string) => string | undefined,
  now: number,
): CardState {
  if (activity.activity === 'idle') return restingState(status, marks)
  if (status === 'paused' && yieldsToPause.has(activity.activity)) return resting.paused
  return {
    glyph: activity.activity,
    words: wordsFor(activity, nameOf, now),
    alert: alerts[activity.activity],
  }
}

function wordsFor(activity: Activity, nameOf: (id: string) => string | undefined, now: number): string {
  const since = activity.since ?? now
  const ago = formatAgo(new Date(Math.min(since, now)).toISOString(), now)
  switch (activity.activity) {
    case 'working':
      return `Working · ${wholeSeconds(now - since)}`
    case 'queued':
      return 'Queued'
    case 'waiting-child':
      return waitingWords(activity, nameOf)
    case 'waiting-approval':
      return 'Needs approval'
    case 'waiting-input':
      return 'Needs an answer'
    case 'waiting-budget':
      return 'Budget reached'
    case 'waiting-retry':
      return 'Tries again soon'
    case 'completed':
      return `Completed ${ago}`
    case 'failed':
      return `Failed ${ago}`
    case 'cancelled':
      return `Cancelled ${ago}`
    case 'lost':
      return `Lost ${ago}`
    case 'idle':
      return 'Idle'
    default:
      return activity.activity satisfies never
  }
}

/** "Waiting for Analyst", or "Waiting for 2 of 3". */
function waitingWords({ waitingOn }: Activity, nameOf: (id: string) => string | undefined): string {
  const [only] = waitingOn.workspaceIds
  const name = only === undefined ? undefined : nameOf(only)
  if (waitingOn.open === 1 && waitingOn.given === 1 && name) return `Waiting for ${name}`
  return waitingOn.open > 0 ? `Waiting for ${waitingOn.open} of ${waitingOn.given}` : 'Waiting'
}

function restingState(status: WorkspaceStatus, marks: readonly string[]): CardState {
  const [mark] = marks
  if (mark !== undefined && status === 'online') {
    return { glyph: 'waiting-input', words: mark.charAt(0).toUpperCase() + mark.slice(1), alert: 'waiting' }
  }
  return resting[status]
}

/** What a pause says more of; what still runs, or waits for a person, is shown as it is. */
const yieldsToPause: ReadonlySet<ActivityKind> = new Set([
  'queued',
  'waiting-child',
  'waiting-retry',
  'completed',
  'cancelled',
])

const resting: Record<WorkspaceStatus, CardState> = {
  provisioning: { glyph: 'queued', words: 'Getting ready', alert: undefined },
  online: { glyph: 'idle', words: 'Idle', alert: undefined },
  offline: { glyph: 'offline', words: 'Offline', alert: undefined },
  degraded: { glyph: 'waiting-retry', words: 'Degraded', alert: 'waiting' },
  failed: { glyph: 'failed', words: 'Failed to start', alert: 'failed' },
  removed: { glyph: 'offline', words: 'Removed', alert: undefined },
  paused: { glyph: 'paused', words: 'Paused', alert: undefined },
  hibernated: { glyph: 'paused', words: 'Asleep', alert: undefined },
}

const alerts: Partial<Record<ActivityKind, CardState['alert']>> = {
  'waiting-approval': 'waiting',
  'waiting-input': 'waiting',
  'waiting-budget': 'waiting',
  failed: 'failed',
  lost: 'failed',
}

function wholeSeconds(ms: number): string {
  return ms < 10_000 ? `${Math.max(0, Math.floor(ms / 1000))} s` : formatDuration(ms)
}
