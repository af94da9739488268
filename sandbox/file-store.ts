import { AppError } from '#shared/kernel/app-error.ts'
import type { Files } from './sandbox.ts'

export interface FileStore extends Files {
  snapshot(): ReadonlyMap<string, string>
  bytes(): number
}

/** The files of one session, in memory, within a byte limit. Backends hand a snapshot to whatever runs the code. */
export function createFileStore(limitBytes: number): FileStore {
  const texts = new Map<string, string>()
  const sizes = new Map<string, number>()
  const bytes = () => [...sizes.values()].reduce((sum, size) => sum + size, 0)

  return {
    write(path, text) {
      const clean = cleanPath(path)
      const size = byteLength(text)
      const total = bytes() - (sizes.get(clean) ?? 0) + size
      if (total > limitBytes) {
        throw new AppError('too-large', `${clean} would bring the sandbox files to ${total} of ${limitBytes} bytes.`, {
          fix: 'Remove a file or shorten it.',
        })
      }
      texts.set(clean, text)
      sizes.set(clean, size)
    },
    remove(path) {
      const clean = cleanPath(path)
      texts.delete(clean)
      sizes.delete(clean)
    },
    list: () => [...texts.keys()].sort(),
    snapshot: () => new Map(texts),
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
