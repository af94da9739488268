const days = ['Sundays', 'Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays']

/** A readable cron line in words where it has a common shape, e.g. "At 09:00 on weekdays"; else the line itself. */
export function describeCron(line: string): string {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = line.trim().split(/\s+/)
  if (month !== '*') return line.trim()
  const when = describeDays(day, weekday)
  const at = describeTimes(minute, hour)
  if (at === undefined || when === undefined) return line.trim()
  return when === '' ? at : `${at} ${when}`
}

function describeTimes(minute: string, hour: string): string | undefined {
  const everyMinutes = stepOf(minute)
  const everyHours = stepOf(hour)
  if (minute === '*' && hour === '*') return 'Every minute'
  if (everyMinutes !== undefined && hour === '*') return `Every ${everyMinutes} minutes`
  if (!isNumber(minute)) return undefined
  const past = minute.padStart(2, '0')
  if (hour === '*') return minute === '0' ? 'Every hour' : `Every hour at :${past}`
  if (everyHours !== undefined) return `Every ${everyHours} hours at :${past}`
  const hours = hour.split(',')
  if (!hours.every(isNumber)) return undefined
  return `At ${listed(hours.map((one) => `${one.padStart(2, '0')}:${past}`))}`
}

/** Empty for every day; undefined for what has no short words. */
function describeDays(day: string, weekday: string): string | undefined {
  if (day === '*' && weekday === '*') return ''
  if (day === '*') {
    if (weekday === '1-5') return 'on weekdays'
    const named = weekday.split(',').map((one) => (isNumber(one) ? days[Number(one)] : undefined))
    const known = named.flatMap((name) => (name === undefined ? [] : [name]))
    return known.length === named.length ? `on ${listed(known)}` : undefined
  }
  return weekday === '*' && isNumber(day) ? `on day ${day} of the month` : undefined
}

function stepOf(field: string): number | undefined {
  const [, step] = /^\*\/(\d{1,2})$/.exec(field) ?? []
  return step === undefined ? undefined : Number(step)
}

function isNumber(text: string): boolean {
  return /^\d{1,2}$/.test(text)
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
