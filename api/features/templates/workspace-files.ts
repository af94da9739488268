import { createHash } from 'node:crypto'
import { FilePath } from '#shared/files/contract.ts'
import { configPath, promptPath } from '#shared/files/paths.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DeclaredWorkspace } from '#shared/templates/declared.ts'
import type { TemplateFile } from '#shared/templates/plan.ts'
import { parseConfig } from '../files/index.ts'
import type { TemplateFolder } from './folder.ts'
import { renderConfig } from './render-config.ts'

const maxDepth = 6
const maxFiles = 500

type Asked = {
  folder: TemplateFolder
  /** The workspace's files_dir, resolved; undefined where it has none. */
  filesDir: string | undefined
  /** The folders of other workspaces: what lies in them is theirs. */
  others: ReadonlySet<string>
  systemPrompt: string | undefined
  /** `markdown`: its .md files and config.yaml, as the older systems take them. */
  which: 'markdown' | 'all'
  declared: Omit<DeclaredWorkspace, 'files'>
  onError: (message: string) => void
  onWarning: (message: string) => void
}

/** What a workspace gets as files: the Markdown of its folder, its config.yaml (made where there is none), its prompt. */
export function workspaceFiles(asked: Asked): TemplateFile[] {
  const texts = new Map<string, string>()
  if (asked.filesDir !== undefined) collect(asked, asked.filesDir, '', texts, 0)
  // Written in the org.yaml itself, it wins over the file.
  if (asked.systemPrompt) texts.set(promptPath, asked.systemPrompt)
  if (!texts.has(configPath)) texts.set(configPath, renderConfig(asked.declared))
  return [...texts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, text]) => ({ path, text, hash: createHash('sha256').update(text).digest('hex') }))
}

function collect(asked: Asked, dir: string, prefix: string, texts: Map<string, string>, depth: number): void {
  if (depth > maxDepth) {
    asked.onWarning(`${dir} is nested deeper than ${maxDepth} folders; what lies below is left out.`)
    return
  }
  for (const { name, kind } of asked.folder.list(dir)) {
    const inside = dir === '' ? name : `${dir}/${name}`
    const path = `${prefix}${name}`
    if (kind === 'folder') {
      if (!asked.others.has(inside)) collect(asked, inside, `${path}/`, texts, depth + 1)
      continue
    }
    if (asked.which === 'markdown' && !/\.md$/i.test(name) && path !== configPath) continue
    const text = readFor(asked, dir, name)
    if (text === undefined) continue
    if (!FilePath.safeParse(path).success) {
      asked.onWarning(`${inside} is left out: its name is not one a workspace's file can have.`)
      continue
    }
    if (path === configPath) checkConfig(text, (message) => asked.onError(`${inside}: ${message}`))
    texts.set(path, text)
    if (texts.size > maxFiles) {
      asked.onError(`${dir} holds more than ${maxFiles} files.`)
      return
    }
  }
}

/** What the app would refuse to save is refused here already, with its place. */
function checkConfig(text: string, onError: (message: string) => void): void {
  try {
    parseConfig(text)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    onError(error.message)
  }
}

function readFor(asked: Asked, dir: string, name: string): string | undefined {
  const found = asked.folder.find(dir, name, 'file')
  const read = 'refused' in found ? found : asked.folder.read(found.path)
  if ('text' in read) return read.text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  asked.onError(`${dir === '' ? name : `${dir}/${name}`} ${read.refused}.`)
  return undefined
}
