import type { ActivityKind } from '#web/features/delegations/index.ts'

/** The colour of a state from afar. */
export function blockColor(
  activity: ActivityKind | undefined,
): 'idle' | 'working' | 'waiting' | 'completed' | 'failed' {
  if (activity === undefined || activity === 'idle' || activity === 'cancelled' || activity === 'queued') return 'idle'
  if (activity === 'lost') return 'failed'
  if (activity === 'working' || activity === 'completed' || activity === 'failed') return activity
  return 'waiting'
}
