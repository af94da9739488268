const nicknames: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
}

/** The five fields that a nickname of other systems' templates stands for; any other line as it is. */
export function spellOut(line: string): string {
  const text = line.trim()
  const [, count = '', unit] = /^@every (\d{1,4})([mh])$/.exec(text) ?? []
  if (unit === 'm' && 60 % Number(count) === 0) return count === '60' ? '0 * * * *' : `*/${count} * * * *`
  if (unit === 'h' && 24 % Number(count) === 0) return count === '24' ? '0 0 * * *' : `0 */${count} * * *`
  return nicknames[text.toLowerCase()] ?? text
}
