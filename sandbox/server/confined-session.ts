import { AppError } from '#shared/kernel/app-error.ts'
import { byteLength, cleanPath, createFileStore, defaultPath, type FileStore } from '../file-store.ts'
import type { Language, Limits, OutputChunk, RunOutcome, Session } from '../sandbox.ts'
import { startRun } from './confined-run.ts'
import { newJob, type Report } from './job.ts'
import type { Pool } from './pool.ts'
import type { Runtime } from './runtimes.ts'

/** Files that outlast the runs, and for each run a new confined process that ends with it. */
export function createConfinedSession<R extends Runtime>(
  pool: Pool<R>,
  runtimes: readonly R[],
  limits: Limits,
): Session {
  const files = createFileStore(limits.fileBytes)
  const listeners = new Set<(chunk: OutputChunk) => void>()
  let end: ((outcome: RunOutcome) => void) | undefined
  let isDisposed = false
  const runtimeOf = (language: Language) => runtimes.find(({ languages }) => languages.includes(language))
  const kill = () => end?.({ kind: 'stopped' })

  return {
    limits,
    files,
    kill,
    prepare(language) {
      const runtime = runtimeOf(language)
      if (runtime && !isDisposed) pool.fill(runtime, 1)
    },
    onOutput(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async run(request) {
      const startedAt = performance.now()
      const { language, code, signal, stdin = '' } = request
      const entry = cleanPath(request.path ?? defaultPath[language])
      requireRoom(byteLength(code) + files.bytes(), limits.fileBytes)
      if (end) throw new AppError('conflict', 'The sandbox is already running a program.', { fix: 'Stop it first.' })
      const over = (outcome: RunOutcome) => ({ ...outcome, durationMs: performance.now() - startedAt })
      if (isDisposed) return over({ kind: 'unavailable', reason: 'This sandbox session has ended.' })
      if (signal?.aborted === true) return over({ kind: 'stopped' })
      const runtime = runtimeOf(language)
      if (!runtime) return over({ kind: 'unavailable', reason: `This machine has nothing that runs ${language}.` })

      const contents = new Map(files.contents()).set(entry, new TextEncoder().encode(code))
      const run = startRun(pool.take(runtime, limits), {
        job: newJob(entry, contents, limits.fileBytes),
        ...{ stdin, limits, timeMs: Math.min(request.timeoutMs ?? limits.timeMs, limits.timeMs) },
        tell: (chunk) => {
          for (const listener of listeners) listener(chunk)
        },
      })
      end = run.end
      signal?.addEventListener('abort', kill)
      const { outcome, limitsMet, report } = await run.over
      signal?.removeEventListener('abort', kill)
      end = undefined
      if (report) takeOver(files, report, files.read(entry) === undefined ? entry : undefined)
      return { ...over(outcome), ...(limitsMet.length > 0 && { limitsMet }) }
    },
    dispose() {
      kill()
      isDisposed = true
      listeners.clear()
    },
  }
}

/** What the run wrote, as far as there is room; the snippet itself is no file unless it was one. */
function takeOver(files: FileStore, { files: written, removed }: Report, snippet: string | undefined): void {
  for (const path of removed) files.remove(path)
  for (const [path, base64] of Object.entries(written)) {
    if (path === snippet) continue
    try {
      files.write(path, Buffer.from(base64, 'base64'))
    } catch (error) {
      // A file too many or with a name that is none: the program wrote it, so the run is told, not the caller.
      if (!(error instanceof AppError)) throw error
    }
  }
}

function requireRoom(total: number, limitBytes: number): void {
  if (total <= limitBytes) return
  throw new AppError('too-large', `The program and its files are ${total} bytes; the sandbox takes ${limitBytes}.`, {
    field: 'code',
    fix: 'Shorten the program or remove a file.',
  })
}
