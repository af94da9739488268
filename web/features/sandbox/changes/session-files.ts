import type { Programs, Session } from '#sandbox/sandbox.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { type Contents, isSame, layOut } from './lay-out.ts'
import { asText, type Written } from './written.ts'

export type SessionFiles = {
  /** Puts a program's files there. What programs of the terminal made stays; where that clashes, AppError `conflict`. */
  bring(texts: Readonly<Record<string, string>>): Promise<void>
  /** To be called when a run has ended: what it changed since its files were brought, by path. */
  leave(): ReadonlySet<string>
  /** What programs of the terminal made or changed, by path. While one goes on, what a run writes may be theirs. */
  madeBeside(): readonly Written[]
  /** The session's own, heard of when one is started. */
  readonly programs: Programs | null
}

/** Knows of a session's files which the runs brought or left; what programs beside them made is never taken away by a run. */
export function holdFiles({ files, programs }: Session): SessionFiles {
  let ours = new Map<string, Uint8Array>()
  let brought: Contents = new Map()
  let atBegin: Contents = new Map()
  let isShared = false

  const there = (): Map<string, Uint8Array> => {
    const paths = files.list().map((path) => [path, files.read(path)] as const)
    return new Map(paths.flatMap(([path, bytes]) => (bytes ? [[path, bytes] as const] : [])))
  }

  return {
    async bring(texts) {
      if (isShared) await programs?.catchUp()
      atBegin = there()
      const next: Contents = new Map(Object.entries(texts).map(([path, text]) => [path, encoder.encode(text)]))
      const { remove, write, clashes } = layOut(atBegin, ours, next)
      if (clashes.length > 0) throw clash(clashes)
      for (const path of remove) {
        files.remove(path)
        ours.delete(path)
      }
      for (const [path, bytes] of write) {
        files.write(path, bytes)
        ours.set(path, bytes)
      }
      brought = next
      atBegin = there()
    },
    leave() {
      const after = there()
      if (!isShared) ours = after
      return new Set([...after.keys()].filter((path) => !isSame(atBegin.get(path), after.get(path))))
    },
    madeBeside() {
      if (!isShared) return []
      return [...there()].flatMap(([path, bytes]) => {
        if (isSame(bytes, ours.get(path)) || isSame(bytes, brought.get(path))) return []
        const before = brought.get(path) ?? ours.get(path)
        return [{ path, text: asText(bytes), bytes: bytes.length, before: before ? asText(before) : null }]
      })
    },
    programs: programs
      ? {
          ...programs,
          start(...given) {
            // Whatever a run did not bring may be theirs from now on.
            isShared = true
            return programs.start(...given)
          },
        }
      : null,
  }
}

const encoder = new TextEncoder()

function clash([first, ...others]: readonly string[]): AppError {
  const rest = others.length > 0 ? ` and ${others.length} more` : ''
  return new AppError(
    'conflict',
    `The terminal has made ${first}${rest} otherwise than this program brings it, and running would write over that. Save it if it is wanted, remove it in the terminal, then run again.`,
  )
}
