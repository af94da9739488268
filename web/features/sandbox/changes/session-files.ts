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
  /** What of that there was no room for, by path: it is known to be there, and no more. */
  noRoom(): readonly string[]
  /** Hears that a file of the terminal is kept in a workspace now, with this text. */
  noteSaved(path: string, text: string): void
  /** Whether a program of the terminal was ever started here. */
  isShared(): boolean
  /** What of the terminal would be lost with the session, once all that was written has been brought back. */
  atStake(): { readonly isRunning: boolean; readonly unsaved: readonly string[] }
  catchUp(): Promise<void>
  /** The session's own, heard of when one is started. */
  readonly programs: Programs | null
}

/** Knows of a session's files which the runs brought or left; what programs beside them made is never taken away by a run. */
export function holdFiles({ files, programs }: Session): SessionFiles {
  let ours = new Map<string, Uint8Array>()
  let brought: Contents = new Map()
  let atBegin: Contents = new Map()
  const saved = new Map<string, Uint8Array>()
  let isShared = false
  let running = 0
  /** Of runs alone, when no program of the terminal had begun. */
  let oursWithoutRoom: ReadonlySet<string> = new Set()

  const there = (): Map<string, Uint8Array> => {
    const paths = files.list().map((path) => [path, files.read(path)] as const)
    return new Map(paths.flatMap(([path, bytes]) => (bytes ? [[path, bytes] as const] : [])))
  }

  const noRoom = () => (isShared ? (programs?.noRoom() ?? []).filter((path) => !oursWithoutRoom.has(path)) : [])
  const catchUp = async () => {
    if (isShared) await programs?.catchUp()
  }
  const madeBeside = (): readonly Written[] => {
    if (!isShared) return []
    return [...there()].flatMap(([path, bytes]) => {
      if (isSame(bytes, ours.get(path)) || isSame(bytes, brought.get(path))) return []
      const before = brought.get(path) ?? ours.get(path)
      return [{ path, text: asText(bytes), bytes: bytes.length, before: before ? asText(before) : null }]
    })
  }

  return {
    ...{ catchUp, madeBeside, noRoom },
    async bring(texts) {
      await catchUp()
      atBegin = there()
      const next: Contents = new Map(Object.entries(texts).map(([path, text]) => [path, encoder.encode(text)]))
      for (const path of next.keys()) {
        // What is kept in a workspace may be brought otherwise: nothing is lost by it.
        const kept = saved.get(path)
        if (kept && isSame(kept, atBegin.get(path))) ours.set(path, kept)
      }
      const large = new Set(noRoom())
      const { remove, write, clashes } = layOut({ there: atBegin, ours, brought: next, noRoom: large })
      if (clashes.length > 0) throw clash(clashes, large)
      for (const path of remove) {
        files.remove(path)
        ours.delete(path)
      }
      for (const [path, bytes] of write) {
        files.write(path, bytes)
        ours.set(path, bytes)
      }
      for (const [path, bytes] of next) if (!large.has(path) && isSame(atBegin.get(path), bytes)) ours.set(path, bytes)
      brought = next
      atBegin = there()
    },
    leave() {
      const after = there()
      if (!isShared) {
        ours = after
        oursWithoutRoom = new Set(programs?.noRoom())
      }
      return new Set([...after.keys()].filter((path) => !isSame(atBegin.get(path), after.get(path))))
    },
    noteSaved: (path, text) => void saved.set(path, encoder.encode(text)),
    isShared: () => isShared,
    atStake() {
      const unsaved = madeBeside().filter(({ path }) => !isSame(files.read(path), saved.get(path)))
      return { isRunning: running > 0, unsaved: [...new Set([...unsaved.map(({ path }) => path), ...noRoom()])].sort() }
    },
    programs: programs
      ? {
          ...programs,
          async start(...given) {
            // Whatever a run did not bring may be theirs from now on.
            isShared = true
            const program = await programs.start(...given)
            running += 1
            void program.exit
              .catch(() => undefined)
              .then(() => {
                running -= 1
              })
            return program
          },
        }
      : null,
  }
}

const encoder = new TextEncoder()

function clash([first = '', ...others]: readonly string[], large: ReadonlySet<string>): AppError {
  const rest = others.length > 0 ? ` and ${others.length} more` : ''
  if (large.has(first)) {
    return new AppError(
      'conflict',
      `The terminal has made ${first}${rest} larger than there is room for here, and running would write over that. Rename or remove it in the terminal, then run again.`,
    )
  }
  return new AppError(
    'conflict',
    `The terminal has made ${first}${rest} otherwise than this program brings it, and running would write over that. Save it if it is wanted, remove it in the terminal, then run again.`,
  )
}
