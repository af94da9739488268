/** How long until an instant, for people: "now", "in 8 s", "in 5 min", "in 3 h", "in 2 d". */
export function formatUntil(then: string, now: number): string {
  const ms = Date.parse(then) - now
  if (ms < 1_000) return 'now'
  if (ms < 60_000) return `in ${Math.ceil(ms / 1_000)} s`
  if (ms < 3_600_000) return `in ${Math.round(ms / 60_000)} min`
  if (ms < 86_400_000) return `in ${Math.round(ms / 3_600_000)} h`
  return `in ${Math.round(ms / 86_400_000)} d`
}

/** An instant as the people of a time zone say it, with the day of the week. */
export function formatIn(timeZone: string, instant: string): string {
  const format = new Intl.DateTimeFormat(undefined, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  })
  return format.format(new Date(instant))
}
