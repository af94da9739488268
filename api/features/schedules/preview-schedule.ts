import type { PreviewSchedule } from '#shared/schedules/contract.ts'
import { nextRuns } from './next-run.ts'

const shown = 3

/** The next three times a line would run at, as ISO 8601; none for a time that never comes. */
export function previewSchedule(input: Pick<PreviewSchedule, 'cron' | 'timeZone'>, now: Date): string[] {
  return nextRuns(input, now, shown).map((run) => run.toISOString())
}
