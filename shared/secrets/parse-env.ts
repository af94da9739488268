import { utf8Bytes } from '../memory/utf8-bytes.ts'
import { maxSecretBytes, secretName } from './limits.ts'

export type EnvEntry = { name: string; value: string }
export type EnvProblem = { line: number; message: string }

const assignment = /^\s*(?:export\s+)?([^\s=#]+)\s*=\s*(.*)$/

/**
 * The entries of a .env file as people paste them: `NAME=value`, quoted or not, `export` allowed, comments skipped, a value
 * in double quotes may span lines. The last of a name counts; `repeated` are the names that come twice. `$NAME` is not replaced, and no problem repeats a value.
 */
export function parseEnv(text: string): { entries: EnvEntry[]; repeated: string[]; problems: EnvProblem[] } {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/)
  const found = new Map<string, string>()
  const repeated = new Set<string>()
  const problems: EnvProblem[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue
    const [, name, rest] = assignment.exec(line) ?? []
    if (name === undefined || rest === undefined) {
      problems.push({ line: at + 1, message: 'This is no NAME=value.' })
      continue
    }
    const read = readValue(rest, lines, at)
    const problem = problemOf(name, read)
    if (problem) problems.push({ line: at + 1, message: problem })
    else if (read) {
      if (found.has(name)) repeated.add(name)
      found.set(name, read.value)
    }
    at = read?.end ?? at
  }
  return { entries: [...found].map(([name, value]) => ({ name, value })), repeated: [...repeated], problems }
}

type Read = { value: string; end: number }

function readValue(rest: string, lines: readonly string[], at: number): Read | undefined {
  const quote = rest[0]
  if (quote !== '"' && quote !== "'" && quote !== '`') {
    return { value: rest.replace(/\s+#.*$/, '').trim(), end: at }
  }
  let body = rest.slice(1)
  for (let end = at; ; ) {
    const close = closingQuote(body, quote)
    if (close >= 0) return { value: quote === '"' ? withoutEscapes(body.slice(0, close)) : body.slice(0, close), end }
    end += 1
    const next = lines[end]
    if (next === undefined) return undefined
    body += `\n${next}`
  }
}

function closingQuote(body: string, quote: string): number {
  for (let at = 0; at < body.length; at++) {
    if (quote === '"' && body[at] === '\\') at += 1
    else if (body[at] === quote) return at
  }
  return -1
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' }

function withoutEscapes(body: string): string {
  return body.replace(/\\([nrt"\\$])/g, (whole, sign: string) => escapes[sign] ?? whole)
}

function problemOf(name: string, read: Read | undefined): string | undefined {
  const shown = name.length > 40 ? `${name.slice(0, 40)}…` : name
  if (!secretName.test(name))
    return `${shown} is no name: use capitals, digits and underscores, beginning with a letter.`
  if (!read) return `The quote that ${shown} begins with never ends.`
  if (read.value.trim() === '') return `${shown} has no value.`
  if (utf8Bytes(read.value) > maxSecretBytes) return `${shown} is longer than 64 KB.`
  return undefined
}
