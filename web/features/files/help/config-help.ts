import { isLike } from '#shared/kernel/is-like.ts'
import { configFields, effectOf, effectWords } from '#shared/workspaces/config-fields.ts'
import { nearestName } from '#shared/workspaces/nearest-name.ts'
import type { CodeHelp, Completion, Finding, Stretch } from '../../../ui/code-help.ts'
import { placeNamedAt, unknownTool } from './prompt-help.ts'
import { findingsOf, itemsOf, keysOf, readConfig } from './read-config.ts'
import { secretFindings } from './secret-findings.ts'
import { reachable, type Surroundings } from './surroundings.ts'

/** What is known about a config.yaml while it is written, beyond what its schema says. */
export function configHelp(around: Surroundings): CodeHelp {
  return {
    complete: (text, offset) => completeConfig(text, offset, around),
    hover: explainField,
    meaningAt: (text, offset) => placeNamedAt(text, offset, around),
    lint: (text) => lintConfig(text, around),
  }
}

/** Values of the field the cursor stands in: models, tools, skills, names of keys. */
export function completeConfig(text: string, offset: number, around: Surroundings): Completion[] {
  const place = placeOf(text, offset)
  if (!place) return []
  const { at, field, isItem } = place
  switch (field) {
    case 'model':
    case 'fallback_models':
      if (isItem !== (field === 'fallback_models')) return []
      return around.models.map(({ model, about }) => ({ ...value(model, at), detail: about }))
    case 'runtime':
      return isItem ? [] : [value('native', at)]
    case 'tools':
      if (!isItem) return []
      return around.tools.map((tool) => ({ ...value(tool.name, at), kind: 'tool', docs: tool.description }))
    case 'mcp_servers':
      return isItem ? serversOf(around).map((name) => value(name, at)) : []
    case 'skills':
      return isItem ? around.skills.map((name) => value(name, at)) : []
    case 'required_env':
    case 'recommended_env':
      return isItem ? around.secrets.map((name) => ({ ...value(name, at), kind: 'key', detail: 'secret' })) : []
    case 'workspace_access.workspace':
      return reachable(around).map(({ name, role }) => ({ ...value(name, at), kind: 'place', detail: role }))
    case 'workspace_access.mode':
      return [value('read_only', at), value('read_write', at)]
    case 'delegation':
    case 'sub_workspaces':
      return around.workspaces.map(({ name, role }) => ({ ...value(name, at), kind: 'place', detail: role }))
    default:
      return []
  }
}

export function lintConfig(text: string, around: Surroundings): Finding[] {
  const config = readConfig(text)
  const found = [...findingsOf(config), ...secretFindings(text, around)]
  if (config.faults.length > 0) return found
  const tools = around.tools.map(({ name }) => name)
  for (const { text: name, at } of tools.length > 0 ? itemsOf(config, 'tools') : []) {
    // A pattern is right as long as it fits a tool.
    if (!tools.some((tool) => isLike(name, tool))) found.push(unknownTool(name, nearestName(name, tools), at))
  }
  const fields = configFields.map(({ name }) => name)
  for (const { text: name, at } of keysOf(config)) {
    const meant = fields.includes(name) ? undefined : nearestName(name, fields)
    if (meant) found.push(unknownField(name, meant, at))
  }
  return found.toSorted((one, other) => one.start - other.start)
}

/** MCP servers with approved tools, whose names stand before those of their tools. */
function serversOf({ tools }: Surroundings): string[] {
  return [...new Set(tools.flatMap(({ name }) => (name.includes('__') ? [name.slice(0, name.indexOf('__'))] : [])))]
}

function unknownField(name: string, meant: string, at: Stretch): Finding {
  return {
    ...at,
    tone: 'warning',
    code: 'unknown-field',
    message: `Nothing reads the field ${name}. Did you mean ${meant}?`,
    fixes: [{ title: `Change to ${meant}`, isBest: true, edits: [{ ...at, text: meant }] }],
  }
}

/** When a change of the field under the cursor counts; what it is for, the schema says. */
export function explainField(text: string, offset: number) {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const name = /^([a-z_]+):/.exec(text.slice(start, start + 60))?.[1]
  if (name === undefined || offset > start + name.length) return undefined
  return { start, end: start + name.length, docs: effectWords(effectOf(name)) }
}

/** The top field whose value is written at the cursor, and the stretch of the word there. */
function placeOf(text: string, offset: number): { field: string; isItem: boolean; at: Stretch } | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const line = text.slice(start, offset)
  const rest = /^[^\s#,\]]*/.exec(text.slice(offset))?.[0].length ?? 0
  const word = (written: string) => ({ start: offset - written.length, end: offset + rest })
  const inGrant = /^[ \t]+(?:-[ \t]+)?(workspace|mode):[ \t]+["']?([^#"']*)$/.exec(line)
  if (inGrant && fieldAbove(text, start) === 'workspace_access') {
    return { field: `workspace_access.${inGrant[1]}`, isItem: false, at: word(inGrant[2] ?? '') }
  }
  const inline = /^([a-z_]+):[ \t]+["']?([^\s#"'[]*)$/.exec(line)
  if (inline) return { field: inline[1] ?? '', isItem: false, at: word(inline[2] ?? '') }
  const inBrackets = /^([a-z_]+):[ \t]*\[(?:[^\]]*,)?[ \t]*([^\s,\]]*)$/.exec(line)
  if (inBrackets) return { field: inBrackets[1] ?? '', isItem: true, at: word(inBrackets[2] ?? '') }
  const item = /^[ \t]*-[ \t]+(?:any_of:[ \t]*\[(?:[^\]]*,)?[ \t]*)?["']?([^\s#"',\]]*)$/.exec(line)
  if (!item) return undefined
  const field = fieldAbove(text, start)
  return field ? { field, isItem: true, at: word(item[1] ?? '') } : undefined
}

/** The top field that a line is part of. */
function fieldAbove(text: string, start: number): string | undefined {
  const above = text
    .slice(0, start)
    .match(/^([a-z_]+):[ \t]*(?:#.*)?$/gm)
    ?.at(-1)
  return above && /^[a-z_]+/.exec(above)?.[0]
}

function value(text: string, at: Stretch): Completion {
  return { label: text, kind: 'value', insert: text, at }
}
