import type { ImportAction, ImportReport } from './contract.ts'
import { type DeclaredTemplate, DeclaredWorkspace } from './declared.ts'
import { describeGroup, missingGroups } from './env-groups.ts'

export type TemplateFile = { path: string; text: string; hash: string }

/** A workspace as the template has it, ready to be compared. Parents come before their children. */
export type TemplateWorkspace = {
  /** Its identity within the template: the names from the root down. */
  path: readonly string[]
  declared: Omit<DeclaredWorkspace, 'files'>
  files: readonly TemplateFile[]
}

export type Template = {
  name: string
  declared: DeclaredTemplate
  workspaces: readonly TemplateWorkspace[]
  rehearsal: string
  warnings: readonly string[]
  errors: readonly string[]
}

/** What the org has of this template. `declared` is null where it cannot be read, which counts as changed. */
export type CurrentWorkspace<Id extends string = string> = {
  id: Id
  templatePath: string
  declared: DeclaredWorkspace | null
  /** What people made of it since: an export says it too, and then nothing changes. */
  now?: Partial<DeclaredWorkspace>
  files: readonly { path: string; hash: string; isEdited: boolean }[]
}

export type PlannedWorkspace<Id extends string = string> = {
  /** Null until it is created. */
  id: Id | null
  templatePath: string
  parentTemplatePath: string | null
  name: string
  parentName: string | null
  action: ImportAction
  declared: DeclaredWorkspace
  /** What is to be written; on `keep` there is none. */
  writes: readonly TemplateFile[]
  /** The template moved the card; null when it did not. */
  isPlacedAnew: boolean
}

/** A key that is not there. `users` are names of workspaces; 'all' where every one of the template needs it. */
export type MissingKey = { names: readonly string[]; isRequired: boolean; users: readonly string[] | 'all' }

export type ImportPlan<Id extends string = string> = {
  org: string
  workspaces: readonly PlannedWorkspace<Id>[]
  missingKeys: readonly MissingKey[]
  warnings: readonly string[]
  errors: readonly string[]
}

type PlanInput<Id extends string> = {
  template: Template
  current: readonly CurrentWorkspace<Id>[]
  /** Names of the keys the org has; the others are missing. */
  keys: ReadonlySet<string>
  /** Whether a missing required key refuses the import, is remarked, or only listed. */
  missingKeys: 'warn' | 'refuse' | 'list'
}

/**
 * Compares a template with what an org has of it. Only what the template itself changed since its last import is written:
 * what people changed in between stays, and is named.
 */
export function planImport<Id extends string>({ template, current, keys, missingKeys }: PlanInput<Id>): ImportPlan<Id> {
  const known = new Map(current.map((workspace) => [workspace.templatePath, workspace]))
  const compared = template.workspaces.map((workspace) => compare(workspace, known.get(pathKey(workspace.path))))
  const there = new Set(template.workspaces.map((workspace) => pathKey(workspace.path)))
  const gone = current.filter((workspace) => !there.has(workspace.templatePath))
  const missingOnes = [...missingOf(template, keys, 'requiredEnv'), ...missingOf(template, keys, 'recommendedEnv')]
  const missing = missingOnes.filter(({ isRequired }) => isRequired).map(missingKeyWords)
  return {
    org: template.name,
    workspaces: compared.map((one) => one.planned),
    missingKeys: missingOnes,
    warnings: [
      ...template.warnings,
      ...(missingKeys === 'warn' ? missing : []),
      ...compared.flatMap((one) => one.warnings),
      ...gone.map(
        ({ templatePath }) => `${readablePath(templatePath)} is no longer in the template; the workspace is kept.`,
      ),
    ],
    errors: [...template.errors, ...(missingKeys === 'refuse' ? missing : [])],
  }
}

/** Names may contain any sign, so the separator is escaped as JSON pointers do. */
export function pathKey(names: readonly string[]): string {
  return names.map((name) => name.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')
}

export function readablePath(key: string): string {
  return namesIn(key).join(' › ')
}

export function namesIn(key: string): string[] {
  return key.split('/').map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
}

export function toReport(plan: ImportPlan): ImportReport {
  return {
    org: plan.org,
    workspaces: plan.workspaces.map(({ name, parentName, action, declared }) => ({
      name,
      parent: parentName,
      action,
      runtime: declared.runtime,
      model: declared.model,
      tier: declared.tier,
      plugins: declared.plugins,
      schedules: declared.schedules.map((schedule) => schedule.name),
      channels: declared.channels.map((channel) => channel.type),
      initialPromptChars: charsIn(declared.initialPrompt),
      idlePromptChars: charsIn(declared.idlePrompt),
      categoryRouting: declared.categoryRouting,
    })),
    warnings: [...plan.warnings],
    errors: [...plan.errors],
  }
}

/** Characters as people count them in other tools: code points, not UTF-16 units. */
function charsIn(text: string): number {
  return [...text].length
}

type Compared<Id extends string> = { planned: PlannedWorkspace<Id>; warnings: string[] }

function compare<Id extends string>(
  workspace: TemplateWorkspace,
  current: CurrentWorkspace<Id> | undefined,
): Compared<Id> {
  const { path, declared, files } = workspace
  const place = {
    templatePath: pathKey(path),
    parentTemplatePath: path.length > 1 ? pathKey(path.slice(0, -1)) : null,
    name: path.at(-1) ?? '',
    parentName: path.at(-2) ?? null,
  }
  if (!current) {
    const full = { ...declared, files: hashesOf(files) }
    return {
      planned: { ...place, id: null, action: 'create', declared: full, writes: files, isPlacedAnew: true },
      warnings: [],
    }
  }
  const compared = files.map((file) => ({ file, verdict: judge(file, current) }))
  const writes = compared.filter(({ verdict }) => verdict === 'write').map(({ file }) => file)
  const kept = compared.filter(({ verdict }) => verdict === 'keep-edited').map(({ file }) => file.path)
  const before = current.declared
  const lastHashes = before?.files ?? {}
  const full: DeclaredWorkspace = {
    ...declared,
    // A file a person edited stays at what the template said before, so that the next import speaks of it again.
    files: Object.fromEntries(
      files.flatMap((file) => {
        const hash = kept.includes(file.path) ? lastHashes[file.path] : file.hash
        return hash === undefined ? [] : [[file.path, hash]]
      }),
    ),
  }
  const isChanged = writes.length > 0 || before === null || saysNews(full, before, current.now)
  return {
    planned: {
      ...place,
      id: current.id,
      action: isChanged ? 'update' : 'keep',
      declared: full,
      writes,
      isPlacedAnew: before !== null && isNews('canvas', full, before, current.now),
    },
    warnings: [
      ...kept.map(
        (file) => `${readablePath(place.templatePath)}: ${file} was edited since the last import; it is kept.`,
      ),
      ...Object.keys(lastHashes)
        .filter((file) => !files.some(({ path: name }) => name === file))
        .filter((file) => current.files.some(({ path: name }) => name === file))
        .map((file) => `${readablePath(place.templatePath)}: ${file} is no longer in the template; it is kept.`),
    ],
  }
}

const fieldsBesideFiles = DeclaredWorkspace.omit({ files: true }).keyof().options

/** Files are judged one by one: what is there as the template has it is no news, whoever wrote it. */
function saysNews(said: DeclaredWorkspace, before: DeclaredWorkspace, now: Partial<DeclaredWorkspace> = {}): boolean {
  return fieldsBesideFiles.some((field) => isNews(field, said, before, now))
}

function isNews(
  field: keyof DeclaredWorkspace,
  said: DeclaredWorkspace,
  before: DeclaredWorkspace,
  now: Partial<DeclaredWorkspace> = {},
): boolean {
  return !isSame(before[field], said[field]) && !(now[field] !== undefined && isSame(now[field], said[field]))
}

function judge(file: TemplateFile, current: CurrentWorkspace): 'write' | 'same' | 'keep-edited' {
  const there = current.files.find(({ path }) => path === file.path)
  const said = current.declared?.files[file.path]
  // Deleted by a person, and the template says nothing new about it.
  if (!there) return said === file.hash ? 'same' : 'write'
  if (there.hash === file.hash) return 'same'
  return there.isEdited ? 'keep-edited' : 'write'
}

function hashesOf(files: readonly TemplateFile[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file.path, file.hash]))
}

function missingOf(template: Template, keys: ReadonlySet<string>, of: 'requiredEnv' | 'recommendedEnv'): MissingKey[] {
  const users = new Map<string, { names: readonly string[]; users: string[] }>()
  for (const { path, declared } of template.workspaces) {
    for (const names of missingGroups(declared[of], keys)) {
      const words = describeGroup(names)
      const known = users.get(words) ?? { names, users: [] }
      known.users.push(path.at(-1) ?? '')
      users.set(words, known)
    }
  }
  return [...users.values()].map((found) => ({
    names: found.names,
    isRequired: of === 'requiredEnv',
    users: found.users.length === template.workspaces.length ? 'all' : found.users,
  }))
}

function missingKeyWords({ names, users }: MissingKey): string {
  return `The key ${describeGroup(names)} is missing; ${whoNeedsIt(users)} it.`
}

function whoNeedsIt(users: MissingKey['users']): string {
  if (users === 'all') return 'every workspace needs'
  const shown = users.slice(0, 5).join(', ')
  if (users.length > 5) return `${shown} and ${users.length - 5} more need`
  return users.length === 1 ? `${shown} needs` : `${shown} need`
}

/** Equal as JSON, whatever the order of the fields: what was stored comes back in another order. */
function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
