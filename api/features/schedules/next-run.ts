import { Cron } from 'croner'

/** The first times after `from` that a checked cron line names in a time zone; fewer, or none, where there are no more. */
export function nextRuns({ cron, timeZone }: { cron: string; timeZone: string }, from: Date, count: number): Date[] {
  return new Cron(cron, { mode: '5-part', timezone: timeZone }).nextRuns(count, from)
}

export function nextRun(of: { cron: string; timeZone: string }, from: Date): Date | undefined {
  return nextRuns(of, from, 1)[0]
}
