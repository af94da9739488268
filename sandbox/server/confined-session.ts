import { AppError } from '#shared/kernel/app-error.ts'
import { byteLength, cleanPath, createFileStore, defaultPath, type FileStore } from '../file-store.ts'
import type {
  CommandRequest,
  Language,
  Limits,
  OutputChunk,
  RunOutcome,
  RunRequest,
  RunResult,
  Session,
} from '../sandbox.ts'
import { startRun } from './confined-run.ts'
import { type Job, newJob, type Report } from './job.ts'
import type { SessionNetwork } from './network/session-network.ts'
import type { Pool } from './pool.ts'
import type { Runtime } from './runtimes.ts'

export type SessionParts<R extends Runtime> = {
  readonly pool: Pool<R>
  readonly runtimes: readonly R[]
  /** Runs commands over whole projects, where there is one. */
  readonly project?: R
  readonly limits: Limits
  /** The way out, closed with the session. */
  readonly network?: Pick<SessionNetwork, 'attempts' | 'close'>
}

/** Files that outlast the runs, and for each run a new confined process that ends with it. */
export function createConfinedSession<R extends Runtime>(parts: SessionParts<R>): Session {
  const { pool, runtimes, project, limits, network } = parts
  const files = createFileStore(limits.fileBytes)
  const listeners = new Set<(chunk: OutputChunk) => void>()
  let end: ((outcome: RunOutcome) => void) | undefined
  let isDisposed = false
  const runtimeOf = (language: Language) => runtimes.find(({ languages }) => languages.includes(language))
  const kill = () => end?.({ kind: 'stopped' })

  type Asked = Pick<RunRequest, 'stdin' | 'timeoutMs' | 'signal'>
  async function perform(runtime: R | undefined, job: Job, { signal, stdin = '', timeoutMs }: Asked) {
    const startedAt = performance.now()
    if (end) throw new AppError('conflict', 'The sandbox is already running a program.', { fix: 'Stop it first.' })
    const over = (outcome: RunOutcome): RunResult => ({ ...outcome, durationMs: performance.now() - startedAt })
    if (isDisposed) return { result: over({ kind: 'unavailable', reason: 'This sandbox session has ended.' }) }
    if (signal?.aborted === true) return { result: over({ kind: 'stopped' }) }
    if (!runtime) return { result: over({ kind: 'unavailable', reason: 'This machine has nothing that runs it.' }) }
    const run = startRun(pool.take(runtime, limits), {
      ...{ job, stdin, limits, timeMs: Math.min(timeoutMs ?? limits.timeMs, limits.timeMs) },
      tell: (chunk) => {
        for (const listener of listeners) listener(chunk)
      },
    })
    end = run.end
    signal?.addEventListener('abort', kill)
    const { outcome, limitsMet, report } = await run.over
    signal?.removeEventListener('abort', kill)
    end = undefined
    const attempts = network ? network.attempts() : refusedOf(report)
    return {
      result: { ...over(outcome), ...(limitsMet.length > 0 && { limitsMet }), ...(attempts && { attempts }) },
      report,
    }
  }

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
      const { language, code } = request
      const entry = cleanPath(request.path ?? defaultPath[language])
      requireRoom(byteLength(code) + files.bytes(), limits.fileBytes)
      const contents = new Map(files.contents()).set(entry, new TextEncoder().encode(code))
      const job = newJob({ entry }, contents, limits.fileBytes)
      const { result, report } = await perform(runtimeOf(language), job, request)
      // The snippet itself is no file unless it was one.
      if (report) takeOver(files, report, files.read(entry) === undefined ? entry : undefined)
      return result
    },
    ...(project && {
      async runCommand(request: CommandRequest) {
        const job = newJob({ command: request.command }, files.contents(), limits.fileBytes)
        const { result, report } = await perform(project, job, request)
        if (report) takeOver(files, report, undefined)
        return result
      },
    }),
    dispose() {
      kill()
      isDisposed = true
      listeners.clear()
      network?.close()
    },
  }
}

/** Without a network nobody saw it but the runner; what a program asks of itself is no attempt. */
function refusedOf(report: Report | null): RunResult['attempts'] {
  const asked = (report?.reached ?? []).filter(({ host }) => !isOwn(host))
  if (asked.length === 0) return undefined
  return asked.map((target) => ({ ...target, isAllowed: false, why: 'this sandbox has no network' }))
}

function isOwn(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '0.0.0.0' || host === '' || /^127\./.test(host)
}

/** What the run wrote, as far as there is room. */
function takeOver(files: FileStore, { files: written, removed }: Report, left: string | undefined): void {
  for (const path of removed) files.remove(path)
  for (const [path, base64] of Object.entries(written)) {
    if (path === left) continue
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
