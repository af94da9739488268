import { AppError } from '#shared/kernel/app-error.ts'
import type { Files, Language } from './sandbox.ts'

export interface FileStore extends Files {
  /** As text; bytes that are none become replacement characters. */
  snapshot(): ReadonlyMap<string, string>
  contents(): ReadonlyMap<string, Uint8Array>
  bytes(): number
}

/** The files of one session, in memory, within a byte limit. Backends hand a snapshot to whatever runs the code. */
export function createFileStore(limitBytes: number): FileStore {
  const kept = new Map<string, Uint8Array>()
  const bytes = () => [...kept.values()].reduce((sum, { length }) => sum + length, 0)

  return {
    write(path, contents) {
      const clean = cleanPath(path)
      const written = typeof contents === 'string' ? new TextEncoder().encode(contents) : contents
      const total = bytes() - (kept.get(clean)?.length ?? 0) + written.length
      if (total > limitBytes) {
        throw new AppError('too-large', `${clean} would bring the sandbox files to ${total} of ${limitBytes} bytes.`, {
          fix: 'Remove a file or shorten it.',
        })
      }
      kept.set(clean, written)
    },
    read: (path) => kept.get(cleanPath(path)),
    remove: (path) => void kept.delete(cleanPath(path)),
    list: () => [...kept.keys()].sort(),
    snapshot: () => new Map([...kept].map(([path, contents]) => [path, new TextDecoder().decode(contents)])),
    contents: () => new Map(kept),
    bytes,
  }
}

/** Normalises `./a/../b.ts` to `b.ts` and refuses what would leave the folder. */
export function cleanPath(path: string): string {
  const parts: string[] = []
  const refuse = (why: string) =>
    new AppError('bad-input', `The file path ${JSON.stringify(path)} ${why}.`, { field: 'path' })
  if (path.startsWith('/') || path.includes('\\') || path.includes('\0')) {
    throw refuse('must be relative and use forward slashes')
  }
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') {
      parts.push(part)
      continue
    }
    if (parts.pop() === undefined) throw refuse('leaves the sandbox folder')
  }
  if (parts.length === 0) throw refuse('names no file')
  return parts.join('/')
}

export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

/** Where a snippet stands among the files when its request does not say. */
export const defaultPath: Readonly<Record<Language, string>> = {
  typescript: 'snippet.ts',
  javascript: 'snippet.js',
  python: 'snippet.py',
}
