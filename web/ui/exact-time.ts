const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' })
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' })
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long', hourCycle: 'h23' })

/** "14:03:22", the same everywhere. `at` is ISO 8601. */
export function clockTime(at: string): string {
  return clock.format(new Date(at))
}

/** The day in short and the time, for a hover. */
export function exactTime(at: string): string {
  return exact.format(new Date(at))
}

/** The day in full, the time and its zone, where nothing may be left to guess. */
export function fullTime(at: string): string {
  return full.format(new Date(at))
}
