import { type CheckedWorkspace, checkOrg, type Issue } from '#shared/templates/check-org.ts'
import { effectiveWorkspace, type OrgSources, type PromptFiles } from '#shared/templates/effective.ts'
import type { Defaults, OrgWorkspace } from '#shared/templates/org-yaml.ts'
import type { Template, TemplateWorkspace } from '#shared/templates/plan.ts'
import { namesInEnvFile, referencesIn } from '#shared/templates/references.ts'
import type { TemplateFolder } from './folder.ts'
import { readWithIncludes } from './includes.ts'
import { readRehearsal } from './read-rehearsal.ts'
import { openTemplateFolder } from './template-folder.ts'
import { workspaceFiles } from './workspace-files.ts'
import { type Place, placeAt, type Report } from './yaml-data.ts'

const orgFile = 'org.yaml'

type Notes = { errors: string[]; warnings: string[] }
type Where = (path: readonly PropertyKey[], message: string) => string

/**
 * Reads a template's folder: org.yaml with its includes, prompts and files. Nothing is run, fetched or written; every fault
 * is named with its place, not the first one only. Throws only when there is no such folder.
 */
export function readTemplate(dir: string): Template {
  return readTemplateFrom(openTemplateFolder(dir))
}

/** The same of a folder that was opened already, wherever its files are. */
export function readTemplateFrom(folder: TemplateFolder): Template {
  const notes: Notes = { errors: [], warnings: [] }
  const top: Place = { file: orgFile, line: 1, column: 1 }
  const found = folder.find('', orgFile, 'file')
  if ('refused' in found) {
    return {
      ...nothing,
      ...notes,
      errors: [
        `${orgFile} ${found.refused === 'there is no such file' ? 'is missing in this folder' : found.refused}.`,
      ],
    }
  }
  const report: Report = ({ file, line, column }, message) => {
    notes.errors.push(`${file}:${line}:${column}: ${message}`)
  }
  const { data, places } = readWithIncludes(folder, found.path, report)
  const rehearsal = readRehearsal(folder, report)
  if (data === undefined) return { ...nothing, ...notes }

  const where: Where = (path, message) => {
    const { file, line, column } = placeAt(data, path, places, top)
    return `${file}:${line}:${column}: ${message}`
  }
  const say = ({ path, message }: Issue) => where(path, message)
  const org = checkOrg(data)
  notes.errors.push(...org.errors.map(say))
  notes.warnings.push(...org.warnings.map(say))
  const head = org.head ?? { name: '' }
  const reading: Reading = {
    folder,
    notes,
    where,
    org: { head, defaults: org.defaults, defaultPrompts: defaultPrompts(folder, org.defaults, notes, where) },
    rootEnv: envNames(folder, ''),
    filesDirs: new Set(),
  }
  claimFolders(org.workspaces, reading)
  const workspaces = org.workspaces.flatMap((workspace) => readWorkspace(workspace, [], reading))
  return {
    name: head.name,
    declared: {
      description: head.description ?? '',
      requiredEnv: asGroups(head.required_env),
      recommendedEnv: asGroups(head.recommended_env),
      globalMemories: (head.global_memories ?? []).map(({ content }) => ({ content, scope: 'GLOBAL' })),
      defaults: { ...org.defaults },
    },
    workspaces,
    rehearsal,
    ...notes,
  }
}

const nothing: Template = {
  name: '',
  declared: { description: '', requiredEnv: [], recommendedEnv: [], globalMemories: [], defaults: {} },
  workspaces: [],
  rehearsal: '',
  warnings: [],
  errors: [],
}

type Reading = {
  folder: TemplateFolder
  notes: Notes
  where: Where
  org: OrgSources
  rootEnv: ReadonlySet<string>
  filesDirs: Set<string>
}

function readWorkspace(workspace: CheckedWorkspace, above: readonly string[], reading: Reading): TemplateWorkspace[] {
  const { fields, at } = workspace
  const path = [...above, fields.name]
  const filesDir = filesDirOf(workspace, reading)
  const own = filesDir === undefined ? new Set<string>() : envNames(reading.folder, filesDir)
  const envOf = new Set([...reading.rootEnv, ...own])
  const prompts = filesDir === undefined && fields.files_dir ? {} : promptFiles(workspace, filesDir ?? '', reading)
  const declared = effectiveWorkspace(reading.org, { workspace, prompts, envNames: envOf })
  noteUnresolved(workspace, declared.channels, envOf, reading)
  const files = workspaceFiles({
    folder: reading.folder,
    filesDir,
    others: reading.filesDirs,
    systemPrompt: fields.system_prompt,
    which: fields.files ?? 'markdown',
    declared,
    onError: (message) => reading.notes.errors.push(reading.where([...at, 'files_dir'], message)),
    onWarning: (message) => reading.notes.warnings.push(reading.where([...at, 'files_dir'], message)),
  })
  return [{ path, declared, files }, ...workspace.children.flatMap((child) => readWorkspace(child, path, reading))]
}

/** Each workspace's folder is its own, also where it lies inside another one's. */
function claimFolders(workspaces: readonly CheckedWorkspace[], reading: Reading): void {
  for (const { fields, children } of workspaces) {
    const found = fields.files_dir ? reading.folder.find('', fields.files_dir, 'folder') : undefined
    if (found && 'path' in found) reading.filesDirs.add(found.path)
    claimFolders(children, reading)
  }
}

function filesDirOf({ fields, at }: CheckedWorkspace, { folder, notes, where }: Reading): string | undefined {
  if (!fields.files_dir) return undefined
  const found = folder.find('', fields.files_dir, 'folder')
  if ('path' in found) return found.path
  const words = where([...at, 'files_dir'], `files_dir ${JSON.stringify(fields.files_dir)}: ${found.refused}.`)
  // A half-checked-out template still imports; a path that leads out never does.
  const isMissing = found.refused === 'there is no such folder'
  ;(isMissing ? notes.warnings : notes.errors).push(words)
  return undefined
}

function promptFiles({ fields, at }: CheckedWorkspace, base: string, reading: Reading): PromptFiles {
  const { folder, notes, where } = reading
  const read = (field: readonly PropertyKey[], inline: string | undefined, reference: string | undefined) =>
    readPrompt(folder, { base, inline, reference }, (message) => notes.errors.push(where([...at, ...field], message)))
  return {
    initialPrompt: read(['initial_prompt_file'], fields.initial_prompt, fields.initial_prompt_file),
    idlePrompt: read(['idle_prompt_file'], fields.idle_prompt, fields.idle_prompt_file),
    schedules: (fields.schedules ?? []).map((schedule: NonNullable<OrgWorkspace['schedules']>[number], index) =>
      read(['schedules', index, 'prompt_file'], schedule.prompt, schedule.prompt_file),
    ),
  }
}

function defaultPrompts(folder: TemplateFolder, defaults: Defaults, notes: Notes, where: Where): PromptFiles {
  const read = (field: string, inline: string | undefined, reference: string | undefined) =>
    readPrompt(folder, { base: '', inline, reference }, (message) =>
      notes.errors.push(where(['defaults', field], message)),
    )
  return {
    initialPrompt: read('initial_prompt_file', defaults.initial_prompt, defaults.initial_prompt_file),
    idlePrompt: read('idle_prompt_file', defaults.idle_prompt, defaults.idle_prompt_file),
  }
}

type PromptReference = { base: string; inline: string | undefined; reference: string | undefined }

/** The text of a `*_file` field. Where the prompt is written inline the file is not read, but a path out is still refused. */
function readPrompt(
  folder: TemplateFolder,
  { base, inline, reference }: PromptReference,
  onError: (message: string) => void,
): string | undefined {
  if (!reference) return undefined
  const found = folder.find(base, reference, 'file')
  const isInside = 'path' in found && (base === '' || found.path.startsWith(`${base}/`))
  const refused = 'refused' in found ? found.refused : isInside ? undefined : 'leads out of the folder of its workspace'
  if (refused !== undefined) {
    if (!inline || refused !== 'there is no such file') onError(`File ${JSON.stringify(reference)}: ${refused}.`)
    return undefined
  }
  if (inline || !('path' in found)) return undefined
  const read = folder.read(found.path)
  if ('text' in read) return read.text.replace(/^\uFEFF/, '')
  onError(`File ${JSON.stringify(reference)} ${read.refused}.`)
  return undefined
}

function noteUnresolved(
  { fields, at }: CheckedWorkspace,
  channels: readonly { type: string; missing: readonly string[] }[],
  known: ReadonlySet<string>,
  { notes, where }: Reading,
): void {
  channels.forEach(({ type, missing }, index) => {
    if (missing.length === 0) return
    const words = `${fields.name}: the channel ${type} is kept but not linked until ${missing.join(', ')} is set.`
    notes.warnings.push(where([...at, 'channels', index], words))
  })
  const unset = referencesIn(fields.workspace_dir ?? '').filter((name) => !known.has(name))
  if (unset.length === 0) return
  notes.warnings.push(
    where([...at, 'workspace_dir'], `${fields.name}: workspace_dir needs ${unset.join(', ')} to be set.`),
  )
}

function envNames(folder: TemplateFolder, dir: string): ReadonlySet<string> {
  const found = folder.find(dir, '.env', 'file')
  if ('refused' in found) return new Set()
  const read = folder.read(found.path)
  return new Set('text' in read ? namesInEnvFile(read.text) : [])
}

function asGroups(declared: readonly (string | { any_of: readonly string[] })[] | undefined): string[][] {
  return (declared ?? []).map((entry) => (typeof entry === 'string' ? [entry] : [...entry.any_of]))
}
