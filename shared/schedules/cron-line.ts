/** What is wrong with a cron line, with the field at fault in words; undefined for a line that can be read. */
export function explainCronLine(line: string): string | undefined {
  const text = line.trim()
  if (text === '') return 'Say when: five fields, for example "0 9 * * 1-5".'
  if (text.startsWith('@'))
    return `${text} is a nickname. Write five fields, for example "0 0 * * *" for every midnight.`
  const parts = text.split(/\s+/)
  if (parts.length !== fields.length) {
    return `A cron line has five fields: minute, hour, day of the month, month, day of the week. This has ${parts.length}.`
  }
  for (const [place, part] of parts.entries()) {
    const field = fields[place]
    const wrong = field && explainField(field, part)
    if (wrong) return wrong
  }
  return undefined
}

/** The same times, written one way: one space between fields. */
export function tidyCronLine(line: string): string {
  return line.trim().split(/\s+/).join(' ')
}

type Field = { name: string; lowest: number; highest: number; names: readonly string[] }

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

const fields: readonly Field[] = [
  { name: 'minute', lowest: 0, highest: 59, names: [] },
  { name: 'hour', lowest: 0, highest: 23, names: [] },
  { name: 'day of the month', lowest: 1, highest: 31, names: [] },
  { name: 'month', lowest: 1, highest: 12, names: months },
  { name: 'day of the week', lowest: 0, highest: 7, names: days },
]

/** Lists of `*`, numbers, names, ranges and steps; nothing that only some crons know. */
function explainField(field: Field, part: string): string | undefined {
  for (const item of part.split(',')) {
    const wrong = explainItem(field, item)
    if (wrong) return `The ${field.name} "${part}" cannot be read: ${wrong}`
  }
  return undefined
}

function explainItem(field: Field, item: string): string | undefined {
  if (item === '') return 'a comma stands alone.'
  const [span = '', step, ...more] = item.split('/')
  if (more.length > 0) return 'it has two steps.'
  if (step !== undefined && (!/^\d{1,4}$/.test(step) || Number(step) < 1 || Number(step) > field.highest)) {
    return `a step is a number from 1 to ${field.highest}.`
  }
  if (span === '*') return undefined
  const [from = '', to, ...rest] = span.split('-')
  if (rest.length > 0) return 'a range has one hyphen.'
  const first = numberOf(field, from)
  if (first === undefined) return outside(field, from)
  if (to === undefined) return step === undefined ? undefined : `write a range or * before "/${step}".`
  const last = numberOf(field, to)
  if (last === undefined) return outside(field, to)
  return first <= last ? undefined : `the range ${span} runs backwards.`
}

function outside(field: Field, text: string): string {
  const names = field.names.length > 0 ? `, or a name such as ${field.names[1]}` : ''
  return `${text === '' ? 'nothing' : text} is no number from ${field.lowest} to ${field.highest}${names}.`
}

function numberOf({ lowest, highest, names }: Field, text: string): number | undefined {
  const named = names.indexOf(text.toLowerCase())
  if (named >= 0) return named + (names === months ? 1 : 0)
  if (!/^\d{1,2}$/.test(text)) return undefined
  const value = Number(text)
  return value >= lowest && value <= highest ? value : undefined
}
