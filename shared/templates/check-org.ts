import type { z } from 'zod'
import { maxAncestorWalk } from '../workspaces/can-communicate.ts'
import { Channel, Defaults, memoryFields, OrgHead, OrgWorkspace, Schedule } from './org-yaml.ts'

/** A fault or a remark, with the way to the value it speaks of. */
export type Issue = { readonly path: readonly PropertyKey[]; readonly message: string }

/** A workspace that holds, with its way in the document and those below it, in file order. */
export type CheckedWorkspace = { fields: OrgWorkspace; at: readonly PropertyKey[]; children: CheckedWorkspace[] }

type CheckedOrg = {
  head: OrgHead | undefined
  defaults: Defaults
  workspaces: CheckedWorkspace[]
  errors: Issue[]
  warnings: Issue[]
}

const maxWorkspaces = 2_000

/** Checks a whole org.yaml, given as data with its includes in place, and names every fault instead of the first one. */
export function checkOrg(data: unknown): CheckedOrg {
  const notes: Notes = { errors: [], warnings: [], workspaces: 0 }
  if (!isMapping(data)) {
    notes.errors.push({ path: [], message: 'Give a mapping with name and workspaces.' })
    return { head: undefined, defaults: {}, workspaces: [], errors: notes.errors, warnings: notes.warnings }
  }
  noteUnknown(data, [], [...Object.keys(OrgHead.shape), 'defaults', 'workspaces'], notes)
  const head = parse(OrgHead, data, [], notes)
  const defaults = data.defaults === undefined || data.defaults === null ? {} : data.defaults
  if (isMapping(defaults)) noteUnknown(defaults, ['defaults'], Object.keys(Defaults.shape), notes)
  const checked = {
    head,
    defaults: parse(Defaults, defaults, ['defaults'], notes) ?? {},
    workspaces: checkSiblings(data.workspaces, ['workspaces'], 1, notes),
  }
  if (notes.workspaces === 0 && notes.errors.length === 0) {
    notes.warnings.push({ path: ['workspaces'], message: 'The template has no workspaces.' })
  }
  return { ...checked, errors: notes.errors, warnings: notes.warnings }
}

type Notes = { errors: Issue[]; warnings: Issue[]; workspaces: number }

function checkSiblings(list: unknown, path: readonly PropertyKey[], depth: number, notes: Notes): CheckedWorkspace[] {
  if (list === undefined || list === null) return []
  if (!Array.isArray(list)) {
    notes.errors.push({ path, message: 'Give a list of workspaces.' })
    return []
  }
  if (list.length > 0 && depth > maxAncestorWalk) {
    notes.errors.push({ path, message: `Workspaces are nested deeper than ${maxAncestorWalk} levels.` })
    return []
  }
  const siblings = list.flatMap((entry: unknown, index) => checkWorkspace(entry, [...path, index], depth, notes))
  const seen = new Set<string>()
  for (const { fields, at } of siblings) {
    const name = fields.name.normalize('NFC')
    if (seen.has(name)) {
      const message = `Another workspace beside this one is named ${JSON.stringify(name)} too; names of siblings must differ.`
      notes.errors.push({ path: [...at, 'name'], message })
    }
    seen.add(name)
  }
  return siblings
}

function checkWorkspace(
  entry: unknown,
  at: readonly PropertyKey[],
  depth: number,
  notes: Notes,
): CheckedWorkspace | readonly [] {
  notes.workspaces += 1
  if (notes.workspaces > maxWorkspaces) {
    if (notes.workspaces === maxWorkspaces + 1) {
      notes.errors.push({ path: at, message: `The template has more than ${maxWorkspaces} workspaces.` })
    }
    return []
  }
  if (!isMapping(entry)) {
    notes.errors.push({ path: at, message: 'Give a workspace: a mapping with at least a name.' })
    return []
  }
  noteUnknown(entry, at, [...Object.keys(OrgWorkspace.shape), 'children'], notes)
  noteUnknownInside(entry, at, notes)
  const fields = parse(OrgWorkspace, entry, at, notes)
  const children = checkSiblings(entry.children, [...at, 'children'], depth + 1, notes)
  if (!fields) return []
  notes.errors.push(...contradictions(fields).map(({ path, message }) => ({ path: [...at, ...path], message })))
  if (fields.url !== undefined && !fields.external) {
    notes.warnings.push({ path: [...at, 'url'], message: 'url has no effect without external: true.' })
  }
  noteSchedules(fields, at, notes)
  return { fields, at, children }
}

function noteSchedules({ schedules = [] }: OrgWorkspace, at: readonly PropertyKey[], notes: Notes): void {
  const names = new Set<string>()
  schedules.forEach((schedule, index) => {
    const path = [...at, 'schedules', index]
    if (names.has(schedule.name)) {
      const message = `This workspace has another schedule named ${JSON.stringify(schedule.name)}.`
      notes.warnings.push({ path: [...path, 'name'], message })
    }
    names.add(schedule.name)
    if (schedule.prompt || schedule.prompt_file) return
    notes.warnings.push({
      path,
      message: `The schedule ${JSON.stringify(schedule.name)} has no prompt, so it will do nothing.`,
    })
  })
}

function contradictions(fields: OrgWorkspace): Issue[] {
  const found: Issue[] = []
  const access = fields.workspace_access ?? 'none'
  if (access !== 'none' && !fields.workspace_dir?.trim()) {
    found.push({ path: ['workspace_access'], message: `workspace_access ${access} needs a workspace_dir.` })
  }
  if (fields.external && fields.url === undefined) {
    found.push({ path: ['external'], message: 'An external workspace needs the url of its agent.' })
  }
  return found
}

const nested = [
  ['schedules', Object.keys(Schedule.shape)],
  ['channels', Object.keys(Channel.shape)],
  ['initial_memories', memoryFields],
] as const

function noteUnknownInside(entry: Mapping, at: readonly PropertyKey[], notes: Notes): void {
  for (const [field, known] of nested) {
    const items: unknown = entry[field]
    if (!Array.isArray(items)) continue
    items.forEach((item: unknown, index) => {
      if (isMapping(item)) noteUnknown(item, [...at, field, index], known, notes)
    })
  }
}

function noteUnknown(value: Mapping, at: readonly PropertyKey[], known: readonly string[], notes: Notes): void {
  for (const field of Object.keys(value)) {
    if (known.includes(field)) continue
    notes.warnings.push({
      path: [...at, field],
      message: `${JSON.stringify(field)} is not a field we know; it is ignored.`,
    })
  }
}

function parse<T extends z.ZodType>(
  schema: T,
  value: unknown,
  at: readonly PropertyKey[],
  notes: Notes,
): z.output<T> | undefined {
  const parsed = schema.safeParse(isMapping(value) ? withoutEmpty(value) : value)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) {
    const path = [...at, ...issue.path]
    notes.errors.push({ path, message: `${nameOf(issue.path)}${wordsOf(issue, value)}` })
  }
  return undefined
}

/** An empty text says as little as a field that is not there. */
function withoutEmpty(value: Mapping): Mapping {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== ''))
}

function nameOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? '' : `${path.map(String).join('.')}: `
}

function wordsOf(issue: z.core.$ZodIssue, value: unknown): string {
  const isAbsent =
    issue.path.length === 1 &&
    isMapping(value) &&
    [undefined, null, ''].some((empty) => value[String(issue.path[0])] === empty)
  return isAbsent ? 'This field is missing.' : issue.message
}

type Mapping = { readonly [field: string]: unknown }

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
