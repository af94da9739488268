import { saidIn } from '../compare-runs.ts'
import { describeResult } from '../describe-result.ts'
import type { Program } from '../program.ts'
import type { EndedRun } from '../runner.ts'

/**
 * A program in words an agent can act on: its code, how it came out for the person, what it reads and its files, in this
 * order, as long as there is room; what has no room is named.
 */
export function taskOf(program: Program, run: EndedRun | null, room: number): string {
  const { language, code, path, files, stdin } = program
  const beside = Object.entries(files).filter(([each]) => each !== path)
  const opening = run
    ? 'Here is a program and what came of it when I ran it. Run it yourself, and say what you find.'
    : 'Here is a program. Run it, and say what it shows.'
  const parts = [opening, `${path ?? 'The program'}:\n${fence(language, code)}`]
  const missing: string[] = []
  const add = (part: string, name: string) => {
    if (lengthOf([...parts, part]) > room - spare) missing.push(name)
    else parts.push(part)
  }
  if (run) parts.push(resultOf(run, Math.max(500, Math.min(6_000, room - lengthOf(parts) - spare))))
  if (stdin !== '') add(`It reads from its standard input:\n${fence('', stdin)}`, 'its standard input')
  for (const [each, text] of beside) add(`File ${each}:\n${fence('', text)}`, each)
  if (missing.length > 0) parts.push(missingWords(missing))
  return parts.join('\n\n')
}

/** For what is said of files that have no room. */
const spare = 400

/** How it ended and what it printed, in words; of a long output the end, where errors stand. */
function resultOf({ result, backend, output }: EndedRun, room: number): string {
  const { word, detail } = describeResult(result)
  const value = result.kind === 'completed' && result.value !== null ? `\nIt exported ${result.value}.` : ''
  const ended = `When I ran it in ${backend}: ${word}.${detail === null ? '' : `\n${detail}`}${value}`
  const said = saidIn(output).trimEnd()
  if (said === '') return `${ended}\nIt printed nothing.`
  const left = Math.max(0, said.length - room)
  const shown = left === 0 ? said : `… ${left} characters left out …\n${said.slice(-room)}`
  return `${ended}\nIt printed:\n${fence('', shown)}`
}

/** Longer than any fence in the text, so that the text cannot end it. */
function fence(name: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const ticks = '`'.repeat(longest + 1)
  return `${ticks}${name}\n${text.replace(/\n$/, '')}\n${ticks}`
}

function missingWords(missing: readonly string[]): string {
  const named = missing.slice(0, 8).join(', ')
  const more = missing.length > 8 ? ` and ${missing.length - 8} more` : ''
  return `Not given here, for want of room: ${named}${more}.`.slice(0, spare)
}

function lengthOf(parts: readonly string[]): number {
  return parts.join('\n\n').length
}
