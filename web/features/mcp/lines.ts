/** "Name: value" a line, as headers are written; or "NAME=value", as environments are. */
export type Separator = ':' | '='

/** Undefined where a line is neither empty nor a name with a value. */
export function readPairs(text: string, separator: Separator): Record<string, string> | undefined {
  const pairs: [string, string][] = []
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const at = line.indexOf(separator)
    const name = line.slice(0, at).trim()
    if (at < 1 || name === '') return undefined
    pairs.push([name, line.slice(at + 1).trim()])
  }
  return Object.fromEntries(pairs)
}

export function writePairs(pairs: Readonly<Record<string, string>>, separator: Separator): string {
  const between = separator === ':' ? ': ' : '='
  return Object.entries(pairs)
    .map(([name, value]) => `${name}${between}${value}`)
    .join('\n')
}

/** One argument a line. */
export function readLines(text: string): string[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
}
