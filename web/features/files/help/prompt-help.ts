import { nearestName } from '#shared/workspaces/nearest-name.ts'
import { findVariables, promptVariables } from '#shared/workspaces/prompt-variables.ts'
import type { CodeHelp, Completion, Finding, Stretch } from '../../../ui/code-help.ts'
import { findNames, isAddressed } from './names.ts'
import { secretFindings } from './secret-findings.ts'
import { reachable, type Surroundings, whyUnreachable } from './surroundings.ts'

/** What is known about the prompt of a workspace while it is written. */
export function promptHelp(around: Surroundings): CodeHelp {
  return {
    complete: (text, offset) => completePrompt(text, offset, around),
    hover: (text, offset) => explainInPrompt(text, offset, around),
    meaningAt: (text, offset) => placeNamedAt(text, offset, around),
    lint: (text) => lintPrompt(text, around),
  }
}

/** After `{{` the variables, after `@` the peers, after a backtick the tools. */
export function completePrompt(text: string, offset: number, around: Surroundings): Completion[] {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)
  const braces = /\{\{[ \t]*([a-z_]*)$/.exec(line)
  if (braces) {
    const closed = /^[ \t]*\}\}/.exec(text.slice(offset))?.[0].length ?? 0
    const at = { start: offset - braces[0].length, end: offset + closed }
    return promptVariables.map(({ name, about }) => ({
      ...{ label: `{{${name}}}`, kind: 'variable' as const, insert: `{{${name}}}`, detail: about, at },
    }))
  }
  const mention = /@([\p{L}\p{N}_-]*)$/u.exec(line)
  if (mention) {
    const at = { start: offset - mention[0].length, end: offset }
    return reachable(around).map(({ name, role }) => ({
      ...{ label: `@${name}`, kind: 'place' as const, insert: name, detail: role, at },
    }))
  }
  const code = /`([\w-]*)$/.exec(line)
  if (code && oddBackticks(line)) {
    const at = { start: offset - (code[1]?.length ?? 0), end: offset }
    const isClosed = text[offset] === '`'
    return around.tools.map(({ name, description }) => ({
      ...{ label: name, kind: 'tool' as const, insert: isClosed ? name : `${name}\``, docs: description, at },
    }))
  }
  return []
}

export function lintPrompt(text: string, around: Surroundings): Finding[] {
  return [
    ...secretFindings(text, around),
    ...unknownTools(text, around),
    ...unreachablePeers(text, around),
    ...unknownVariables(text),
  ].toSorted((one, other) => one.start - other.start)
}

/** `a_name` in code marks is taken for a tool where it is near to one, or where the words before speak of calling it. */
function unknownTools(text: string, { tools }: Surroundings): Finding[] {
  const known = tools.map(({ name }) => name)
  if (known.length === 0) return []
  return [...text.matchAll(/`([a-z][a-z0-9]*(?:_[a-z0-9]+)+)(?:\([^`\n]*\))?`/g)].flatMap((match) => {
    const name = match[1] ?? ''
    if (known.includes(name)) return []
    const meant = nearestName(name, known)
    const before = text.slice(Math.max(0, match.index - 24), match.index)
    if (!meant && !/\b(?:call|use|run|invoke|with|tools?)\b[^.\n]{0,10}$/i.test(before)) return []
    const at = { start: match.index + 1, end: match.index + 1 + name.length }
    return [unknownTool(name, meant, at)]
  })
}

export function unknownTool(name: string, meant: string | undefined, at: Stretch): Finding {
  return {
    ...at,
    tone: 'warning',
    code: 'unknown-tool',
    message: `There is no tool called ${name}.${meant ? ` Did you mean ${meant}?` : ''}`,
    fixes: meant ? [{ title: `Change to ${meant}`, isBest: true, edits: [{ ...at, text: meant }] }] : [],
  }
}

function unreachablePeers(text: string, around: Surroundings): Finding[] {
  return findNames(text, around).flatMap((named) => {
    if (named.workspace.id === around.self || !isAddressed(text, named)) return []
    const why = whyUnreachable(around, named.workspace)
    if (why === undefined) return []
    const { start, end } = named
    const go = { title: `Show ${named.workspace.name} on the graph`, run: () => around.goTo(named.workspace.id) }
    return [{ start, end, tone: 'warning' as const, code: 'unreachable-peer', message: why, fixes: [go] }]
  })
}

function unknownVariables(text: string): Finding[] {
  const known: string[] = promptVariables.map(({ name }) => name)
  return findVariables(text).flatMap(({ name, start, end }) => {
    if (known.includes(name)) return []
    const meant = nearestName(name, known)
    const message = `Nothing fills in {{${name}}}; the agent reads it as it stands. There are ${known.join(', ')}.`
    const fixes = meant
      ? [{ title: `Change to {{${meant}}}`, isBest: true, edits: [{ start, end, text: `{{${meant}}}` }] }]
      : []
    return [{ start, end, tone: 'info' as const, code: 'unknown-variable', message, fixes }]
  })
}

/** What a name, a tool or a variable at this place is. */
export function explainInPrompt(text: string, offset: number, around: Surroundings) {
  const variable = findVariables(text).find((one) => holds(one, offset))
  const filled = promptVariables.find(({ name }) => name === variable?.name)
  if (variable && filled) {
    return {
      start: variable.start,
      end: variable.end,
      docs: `**{{${filled.name}}}**: ${filled.about} Filled in when a delegation begins.`,
    }
  }
  const word = wordAt(text, offset)
  const tool = around.tools.find(({ name }) => name === word?.text)
  if (word && tool) return { start: word.start, end: word.end, docs: `**${tool.name}** (tool)\n\n${tool.description}` }
  const named = findNames(text, around).find((one) => holds(one, offset))
  if (!named || named.workspace.id === around.self) return undefined
  const why = whyUnreachable(around, named.workspace)
  const { name, role } = named.workspace
  return { start: named.start, end: named.end, docs: [`**${name}**`, role, why].filter(Boolean).join('\n\n') }
}

export function placeNamedAt(text: string, offset: number, around: Surroundings) {
  const named = findNames(text, around).find((one) => holds(one, offset))
  if (!named) return undefined
  const { id, name, role } = named.workspace
  const about = role === '' ? `${name}, a workspace` : `${name}: ${role}`
  return { start: named.start, end: named.end, about, go: () => around.goTo(id) }
}

function wordAt(text: string, offset: number) {
  const start = offset - (/\w*$/.exec(text.slice(Math.max(0, offset - 80), offset))?.[0].length ?? 0)
  const end = offset + (/^\w*/.exec(text.slice(offset, offset + 80))?.[0].length ?? 0)
  return end > start ? { text: text.slice(start, end), start, end } : undefined
}

function holds({ start, end }: Stretch, offset: number): boolean {
  return start <= offset && offset <= end
}

function oddBackticks(line: string): boolean {
  return (line.match(/`/g)?.length ?? 0) % 2 === 1
}
