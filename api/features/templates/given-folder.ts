import { posix } from 'node:path'
import type { FolderFile } from '#shared/templates/import.ts'
import { maxFolderBytes } from '#shared/templates/limits.ts'
import {
  type Found,
  type FoundText,
  notThere,
  outside,
  refuseReference,
  refuseSize,
  type TemplateFolder,
} from './folder.ts'

/** A folder whose files were handed over with their paths: what a person dropped into the page, or what a bundle holds. */
export function givenFolder(given: readonly FolderFile[]): TemplateFolder {
  const files = new Map(given.map((file) => [posix.normalize(file.path), file]))
  const folders = new Map<string, Map<string, 'file' | 'folder'>>([['', new Map()]])
  for (const path of files.keys()) addToFolders(folders, path)
  let bytesLeft = maxFolderBytes

  function find(base: string, reference: string, kind: 'file' | 'folder'): Found {
    const refused = refuseReference(reference)
    if (refused) return { refused }
    const asked = plain(posix.join(base, reference))
    if (asked === '..' || asked.startsWith('../')) return { refused: outside }
    const isFile = files.has(asked)
    const isFolder = folders.has(asked)
    if (kind === 'file' ? isFile : isFolder) return { path: asked }
    if (isFile || isFolder) return { refused: kind === 'file' ? 'is not a file' : 'is not a folder' }
    return { refused: notThere(kind) }
  }

  function read(path: string): FoundText {
    const file = files.get(path)
    if (!file) return { refused: notThere('file') }
    if ('refused' in file) return { refused: file.refused }
    const size = Buffer.byteLength(file.text)
    const refused = refuseSize(size, bytesLeft)
    if (refused) return { refused }
    bytesLeft -= size
    if (file.text.includes('\0')) return { refused: 'contains a NUL character' }
    return file.text.isWellFormed() ? { text: file.text } : { refused: 'is not UTF-8 text' }
  }

  const list = (path: string) =>
    [...(folders.get(path) ?? [])]
      .filter(([name]) => !name.startsWith('.'))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, kind]) => ({ name, kind }))

  return { find, read, list, folderOf: (path) => plain(posix.dirname(path)) }
}

function addToFolders(folders: Map<string, Map<string, 'file' | 'folder'>>, path: string): void {
  let kind: 'file' | 'folder' = 'file'
  for (let at = path; at !== ''; at = plain(posix.dirname(at))) {
    const parent = plain(posix.dirname(at))
    const entries = folders.get(parent) ?? new Map<string, 'file' | 'folder'>()
    folders.set(parent, entries)
    const isKnown = entries.has(posix.basename(at))
    if (!isKnown || kind === 'folder') entries.set(posix.basename(at), kind)
    // What is above a known entry is known too.
    if (isKnown) return
    kind = 'folder'
  }
}

/** Without the dot of "here" and the slash at the end. */
function plain(path: string): string {
  const short = path.replace(/\/+$/, '')
  return short === '.' ? '' : short
}
