import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { AppError } from '#shared/kernel/app-error.ts'
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

/** The folder as it lies on this machine: every path is resolved through its links and must end inside. */
export function openTemplateFolder(dir: string): TemplateFolder {
  const root = realRoot(dir)
  let bytesLeft = maxFolderBytes
  const inner = (path: string) => relative(root, path).split(sep).join('/')

  function find(base: string, reference: string, kind: 'file' | 'folder'): Found {
    const refused = refuseReference(reference)
    if (refused) return { refused }
    const asked = resolve(root, base, reference)
    if (!isInside(root, asked)) return { refused: outside }
    const real = realPath(asked)
    if (real === undefined) return { refused: notThere(kind) }
    if (!isInside(root, real)) return { refused: 'is a link that leads out of the template folder' }
    const stat = statSync(real)
    if (kind === 'file' && !stat.isFile()) return { refused: 'is not a file' }
    if (kind === 'folder' && !stat.isDirectory()) return { refused: 'is not a folder' }
    return { path: inner(real) }
  }

  function read(path: string): FoundText {
    const bytes = readLimited(join(root, path), bytesLeft)
    if (!Buffer.isBuffer(bytes)) return bytes
    bytesLeft -= bytes.length
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
      return text.includes('\0') ? { refused: 'contains a NUL character' } : { text }
    } catch {
      return { refused: 'is not UTF-8 text' }
    }
  }

  function list(path: string): { name: string; kind: 'file' | 'folder' }[] {
    const names = readdirSync(join(root, path)).filter((name) => !name.startsWith('.'))
    return names.sort().flatMap((name) => {
      for (const kind of ['file', 'folder'] as const) {
        if ('path' in find(path, name, kind)) return [{ name, kind }]
      }
      const isLink = 'refused' in find(path, name, 'file') && realPath(join(root, path, name)) !== undefined
      return isLink ? [{ name, kind: 'file' as const }] : []
    })
  }

  return { find, read, list, folderOf: (path) => (dirname(path) === '.' ? '' : dirname(path)) }
}

function readLimited(path: string, bytesLeft: number): Buffer | { refused: string } {
  // The path was resolved: a link put in its place since is not followed, and a pipe does not block.
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const refused = refuseSize(fstatSync(file).size, bytesLeft)
    return refused ? { refused } : readFileSync(file)
  } finally {
    closeSync(file)
  }
}

function realRoot(dir: string): string {
  const root = realPath(resolve(dir))
  if (root === undefined || !statSync(root).isDirectory()) {
    throw new AppError('bad-input', `There is no folder ${resolve(dir)}.`, {
      field: 'DIR',
      fix: 'Name the folder that holds org.yaml.',
    })
  }
  return root
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path)
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
}
