import type { WaitingFor } from '#shared/delegations/contract.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { EdgeWork, Ended, LiveDelegation, WorkspaceWork } from './live-state.ts'

export type ActivityKind =
  | 'idle'
  | 'queued'
  | 'working'
  | 'waiting-child'
  | 'waiting-approval'
  | 'waiting-input'
  | 'waiting-budget'
  | 'waiting-retry'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'lost'

/** What a workspace does now, as its card says it. */
export type Activity = {
  activity: ActivityKind
  /** When that began, in milliseconds; undefined while idle. */
  since: number | undefined
  running: number
  queued: number
  /** Children handed out by waiting work: how many of how many are still open, and at which workspaces. */
  waitingOn: { open: number; given: number; workspaceIds: readonly WorkspaceId[] }
  spendToday: number
  failedToday: number
  lastEnded: Ended | undefined
}

/** How the work on an edge stands: the worst of what is live, else how the last one ended. */
export type EdgeActivity = {
  from: WorkspaceId
  to: WorkspaceId
  state: 'running' | 'waiting' | 'queued' | 'failed' | 'completed' | 'rest'
  /** True where a person must answer before it goes on. */
  needsPerson: boolean
  count: number
  at: number
}

export type Totals = { running: number; queued: number; waitingForYou: number; lost: number; spendToday: number }

/** A good end is news for a while; a bad one until new work begins. */
export const newsMs = 60_000

export const idle: Activity = {
  activity: 'idle',
  since: undefined,
  running: 0,
  queued: 0,
  waitingOn: { open: 0, given: 0, workspaceIds: [] },
  spendToday: 0,
  failedToday: 0,
  lastEnded: undefined,
}

export function activityOf(work: WorkspaceWork | undefined, now: number): Activity {
  if (!work) return idle
  // Asked for each change of a busy org: one walk, and nothing made that is thrown away.
  let told: LiveDelegation | undefined
  let running = 0
  let queued = 0
  for (const delegation of work.live) {
    if (delegation.state === 'running') running += 1
    if (delegation.state === 'queued') queued += 1
    if (rank(delegation) > 0 && (!told || isTold(delegation, told))) told = delegation
  }
  const kind = told ? kindOf(told) : endKind(work.lastEnded, now)
  return {
    activity: kind,
    since: told?.since ?? (kind === 'idle' ? undefined : work.lastEnded?.at),
    running,
    queued,
    waitingOn: waitingOn(work.live),
    spendToday: work.spendToday,
    failedToday: work.failedToday,
    lastEnded: work.lastEnded,
  }
}

export function edgeActivityOf(edge: EdgeWork | undefined, now: number): EdgeActivity | undefined {
  if (!edge) return undefined
  const { from, to, lastEnded } = edge
  let worst: LiveDelegation | undefined
  for (const delegation of edge.live) if (!worst || isTold(delegation, worst)) worst = delegation
  if (worst) {
    const needsAnswer = worst.state === 'waiting' && needsPerson(worst.waitingFor)
    return { from, to, state: edgeState(worst), needsPerson: needsAnswer, count: edge.live.size, at: worst.since }
  }
  const ended = endKind(lastEnded, now)
  const state = ended === 'failed' || ended === 'completed' ? ended : 'rest'
  return { from, to, state, needsPerson: false, count: 0, at: lastEnded?.at ?? now }
}

/** Whether this one is told rather than the other: the more urgent, of equals the older. */
function isTold(one: LiveDelegation, other: LiveDelegation): boolean {
  const more = rank(one) - rank(other)
  return more > 0 || (more === 0 && one.since < other.since)
}

/** Work that waits for its own children goes on below, so its edge still moves. */
function edgeState({ state, waitingFor }: LiveDelegation): EdgeActivity['state'] {
  if (state === 'lost') return 'failed'
  if (state === 'running' || waitingFor === 'child') return 'running'
  return state === 'queued' ? 'queued' : 'waiting'
}

export const noTotals: Totals = { running: 0, queued: 0, waitingForYou: 0, lost: 0, spendToday: 0 }

/** What one workspace adds to the org's totals. */
export function shareOf(work: WorkspaceWork | undefined): Totals {
  if (!work) return noTotals
  const share: Totals = { ...noTotals, spendToday: work.spendToday }
  for (const { state: phase, waitingFor } of work.live) {
    if (phase === 'running') share.running += 1
    if (phase === 'queued') share.queued += 1
    if (phase === 'lost') share.lost += 1
    if (phase === 'waiting' && needsPerson(waitingFor)) share.waitingForYou += 1
  }
  return share
}

/** The totals after the share of one workspace has changed. */
export function exchangeShare(totals: Totals, before: Totals, after: Totals): Totals {
  return {
    running: totals.running - before.running + after.running,
    queued: totals.queued - before.queued + after.queued,
    waitingForYou: totals.waitingForYou - before.waitingForYou + after.waitingForYou,
    lost: totals.lost - before.lost + after.lost,
    spendToday: totals.spendToday - before.spendToday + after.spendToday,
  }
}

/** What needs a person is said first, then what goes wrong, then what goes on. */
function rank({ state, waitingFor }: LiveDelegation): number {
  if (state === 'waiting' && needsPerson(waitingFor)) return 6
  if (state === 'lost') return 5
  if (state === 'running') return 4
  if (state === 'waiting') return waitingFor === 'child' ? 3 : 2
  return state === 'queued' ? 1 : 0
}

function kindOf({ state, waitingFor }: LiveDelegation): ActivityKind {
  if (state === 'running') return 'working'
  if (state === 'waiting') return `waiting-${waitingFor ?? 'child'}`
  return state
}

function endKind(ended: Ended | undefined, now: number): 'completed' | 'failed' | 'cancelled' | 'idle' {
  if (!ended) return 'idle'
  if (ended.state === 'failed') return 'failed'
  return now - ended.at < newsMs ? ended.state : 'idle'
}

function waitingOn(live: Iterable<LiveDelegation>): Activity['waitingOn'] {
  let open = 0
  let given = 0
  let workspaceIds: WorkspaceId[] | undefined
  for (const { state, waitingFor, openChildren, childrenGiven } of live) {
    if (state !== 'waiting' || waitingFor !== 'child') continue
    open += openChildren.size
    given += childrenGiven
    workspaceIds = [...(workspaceIds ?? []), ...openChildren.values()]
  }
  return workspaceIds ? { open, given, workspaceIds } : idle.waitingOn
}

function needsPerson(waitingFor: WaitingFor | null): boolean {
  return waitingFor === 'approval' || waitingFor === 'input' || waitingFor === 'budget'
}
