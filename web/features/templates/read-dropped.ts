import { maxFileBytes } from '#shared/files/contract.ts'
import { type EnvEntry, parseEnv } from '#shared/secrets/parse-env.ts'
import type { FolderFile, ImportSource } from '#shared/templates/import.ts'
import { maxFolderBytes, maxFolderFiles } from '#shared/templates/limits.ts'
import { type Dropped, isPassedBy } from './dropped.ts'
import { unzip } from './unzip.ts'

/** What goes to the server, and what stays here: the values of .env files, offered as secrets later. */
export type ReadTemplate = { source: ImportSource; env: readonly EnvEntry[] }

/** Why what was handed over is no template, in words for the person. */
export class NotATemplate extends Error {
  readonly fix: string
  constructor(message: string, fix: string) {
    super(message)
    this.fix = fix
  }
}

type Entry = { path: string; size: number; bytes: () => Promise<Uint8Array> }

/** Reads what was dropped or chosen: a folder, a .zip of one, or a .bundle.json. */
export async function readDropped({ name, files }: Dropped): Promise<ReadTemplate> {
  const [only] = files
  if (files.length === 1 && only && /\.json$/i.test(only.path)) return await readBundle(only.file)
  if (files.length === 1 && only && /\.zip$/i.test(only.path)) {
    return await readEntries(await unzip(only.file, maxFolderBytes), only.path)
  }
  const entries = files.map(({ path, file }) => ({
    path,
    size: file.size,
    bytes: async () => new Uint8Array(await file.arrayBuffer()),
  }))
  return await readEntries(entries, name)
}

async function readBundle(file: File): Promise<ReadTemplate> {
  if (file.size > maxFolderBytes) throw tooMuch(file.name, file.size)
  return { source: { kind: 'bundle', name: file.name, text: await file.text() }, env: [] }
}

async function readEntries(all: readonly Entry[], name: string): Promise<ReadTemplate> {
  const entries = belowOrgYaml(
    all.filter(({ path }) => !isPassedBy(path)),
    name,
  )
  if (entries.length > maxFolderFiles) {
    throw new NotATemplate(
      `${name} holds ${entries.length.toLocaleString('en')} files; a template has at most ${maxFolderFiles.toLocaleString('en')}.`,
      'Choose the folder with org.yaml alone.',
    )
  }
  const total = entries.reduce((sum, { size }) => sum + (size > maxFileBytes ? 0 : size), 0)
  if (total > maxFolderBytes) throw tooMuch(largest(entries).path, total)
  const files: FolderFile[] = []
  const env: EnvEntry[] = []
  for (const entry of entries) {
    const file = await readEntry(entry)
    if ('text' in file && /(^|\/)\.env$/.test(file.path)) {
      const read = parseEnv(file.text)
      env.push(...read.entries)
      // Names alone leave this page.
      files.push({ path: file.path, text: read.entries.map(({ name: key }) => `${key}=set`).join('\n') })
    } else files.push(file)
  }
  return { source: { kind: 'folder', files }, env: [...new Map(env.map((entry) => [entry.name, entry])).values()] }
}

/** The folder that holds org.yaml, wherever it lies in what was chosen: its paths start there. */
function belowOrgYaml(entries: readonly Entry[], name: string): Entry[] {
  const [org] = entries
    .filter(({ path }) => /(^|\/)org\.yaml$/.test(path))
    .sort((a, b) => a.path.split('/').length - b.path.split('/').length)
  if (!org) {
    throw new NotATemplate(
      entries.length === 0 ? `${name} is empty.` : `There is no org.yaml in ${name}.`,
      'Choose the folder that holds it, a .zip of that folder, or a .bundle.json.',
    )
  }
  const root = org.path.slice(0, -'org.yaml'.length)
  return entries
    .filter(({ path }) => path.startsWith(root))
    .map((entry) => ({ ...entry, path: entry.path.slice(root.length) }))
}

async function readEntry({ path, size, bytes }: Entry): Promise<FolderFile> {
  if (size > maxFileBytes) return { path, refused: `is ${inMiB(size)} MiB; a file may have ${inMiB(maxFileBytes)} MiB` }
  try {
    return { path, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await bytes()) }
  } catch (error) {
    if (error instanceof TypeError) return { path, refused: 'is not UTF-8 text' }
    throw error
  }
}

function largest(entries: readonly Entry[]): Entry {
  const [first] = entries.toSorted((a, b) => b.size - a.size)
  if (!first) throw new Error('nothing was chosen')
  return first
}

function tooMuch(path: string, bytes: number): NotATemplate {
  return new NotATemplate(
    `${path} makes it too large: ${inMiB(bytes)} MiB, and a template has at most ${inMiB(maxFolderBytes)} MiB in all.`,
    'Leave out what agents do not read, such as pictures and archives.',
  )
}

function inMiB(bytes: number): string {
  return (bytes / 1_048_576).toFixed(bytes % 1_048_576 === 0 ? 0 : 1)
}
