import type { Activity, ActivityKind } from '../../features/delegations/index.ts'

/** What a team that is one card says of those inside, its head among them. */
export type TeamSummary = {
  agents: number
  running: number
  waiting: number
  queued: number
  failedToday: number
  spendToday: number
  worst: Activity
}

/** The first activity is the head's. */
export function summarise(head: Activity, members: readonly Activity[]): TeamSummary {
  const summary = { agents: 0, running: 0, waiting: 0, queued: 0, failedToday: 0, spendToday: 0, worst: head }
  for (const activity of [head, ...members]) {
    summary.agents += 1
    summary.running += activity.running
    summary.waiting += activity.activity.startsWith('waiting') ? 1 : 0
    summary.queued += activity.queued
    summary.failedToday += activity.failedToday
    summary.spendToday += activity.spendToday
    if (urgency[activity.activity] > urgency[summary.worst.activity]) summary.worst = activity
  }
  return summary
}

export function isSameSummary(one: TeamSummary, other: TeamSummary): boolean {
  return (
    one.agents === other.agents &&
    one.running === other.running &&
    one.waiting === other.waiting &&
    one.queued === other.queued &&
    one.failedToday === other.failedToday &&
    one.spendToday === other.spendToday &&
    one.worst === other.worst
  )
}

/** "12 agents · 3 running · 1 waiting" */
export function summaryWords({ agents, running, waiting }: TeamSummary): string {
  const parts = [agents === 1 ? '1 agent' : `${agents} agents`]
  if (running > 0) parts.push(`${running} running`)
  if (waiting > 0) parts.push(`${waiting} waiting`)
  return parts.join(' · ')
}

/** What needs a person comes first, then what went wrong, then what goes on. */
const urgency: Record<ActivityKind, number> = {
  'waiting-approval': 11,
  'waiting-input': 10,
  'waiting-budget': 9,
  lost: 8,
  failed: 7,
  'waiting-retry': 6,
  working: 5,
  'waiting-child': 4,
  queued: 3,
  completed: 2,
  cancelled: 1,
  idle: 0,
}
