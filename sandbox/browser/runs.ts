import { AppError } from '#shared/kernel/app-error.ts'
import { byteLength, cleanPath, defaultPath, type FileStore } from '../file-store.ts'
import type { LimitMet, Limits, OutputChunk, RunOutcome, RunRequest, RunResult, Session } from '../sandbox.ts'

export type Source = { readonly entry: string; readonly files: ReadonlyMap<string, string> }

export type CurrentRun = {
  readonly number: number
  readonly timeMs: number
  readonly ended: Promise<Ended>
  /** The first outcome counts; what comes later is too late. */
  readonly end: (outcome: RunOutcome) => void
  /** What the run was refused; it may go on. */
  readonly meet: (limit: LimitMet) => void
  readonly onEnd: (cleanUp: () => void) => void
}

type Ended = RunOutcome & Pick<RunResult, 'limitsMet'>

export type Runs = {
  readonly session: Pick<Session, 'run' | 'kill' | 'onOutput' | 'dispose'>
  current(): CurrentRun | undefined
  tell(chunk: OutputChunk): void
}

type Given = {
  readonly limits: Limits
  readonly files: FileStore
  /** Starts the code; it ends by `run.end`, whoever calls it first. */
  begin(run: CurrentRun, request: RunRequest, source: Source): void
  /** Frees what stands behind the session. */
  close(): void
}

/** What is the same in every session of a browser: one run at a time, that ends once, and who hears it. */
export function createRuns({ limits, files, begin, close }: Given): Runs {
  const listeners = new Set<(chunk: OutputChunk) => void>()
  let current: CurrentRun | undefined
  let runs = 0
  let isDisposed = false
  const kill = () => current?.end({ kind: 'stopped' })

  return {
    current: () => current,
    tell(chunk) {
      for (const listener of listeners) listener(chunk)
    },
    session: {
      kill,
      onOutput(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      async run(request) {
        const startedAt = performance.now()
        const source = readSource(request, files.snapshot())
        requireRoom(request, files.bytes(), limits.fileBytes)
        if (current !== undefined) {
          throw new AppError('conflict', 'The sandbox is already running a snippet.', { fix: 'Stop it first.' })
        }
        const over = (ended: Ended) => ({ ...ended, durationMs: performance.now() - startedAt })
        if (isDisposed) return over({ kind: 'unavailable', reason: 'This sandbox session has ended.' })
        if (request.signal?.aborted === true) return over({ kind: 'stopped' })

        runs += 1
        const run = createRun(runs, Math.min(request.timeoutMs ?? limits.timeMs, limits.timeMs))
        current = run
        request.signal?.addEventListener('abort', kill)
        run.onEnd(() => {
          current = undefined
          request.signal?.removeEventListener('abort', kill)
        })
        begin(run, request, source)
        return over(await run.ended)
      },
      dispose() {
        if (isDisposed) return
        kill()
        isDisposed = true
        listeners.clear()
        close()
      },
    },
  }
}

/** Counts a run's time from now on, until it ends or this is told to stop. */
export function startClock(run: CurrentRun): () => void {
  const timer = setTimeout(() => run.end({ kind: 'timed-out', limitMs: run.timeMs }), run.timeMs)
  const stop = () => clearTimeout(timer)
  run.onEnd(stop)
  return stop
}

function createRun(number: number, timeMs: number): CurrentRun {
  const { promise, resolve } = Promise.withResolvers<Ended>()
  const cleanUps: (() => void)[] = []
  const met = new Set<LimitMet>()
  return {
    number,
    timeMs,
    ended: promise,
    meet: (limit) => void met.add(limit),
    end(outcome) {
      resolve({ ...outcome, ...(met.size > 0 && { limitsMet: [...met] }) })
      for (const cleanUp of cleanUps.splice(0)) cleanUp()
    },
    onEnd: (cleanUp) => void cleanUps.push(cleanUp),
  }
}

function readSource({ language, path, code }: RunRequest, files: ReadonlyMap<string, string>): Source {
  const entry = cleanPath(path ?? defaultPath[language])
  return { entry, files: new Map(files).set(entry, code) }
}

function requireRoom({ code }: RunRequest, fileBytes: number, limitBytes: number): void {
  const total = byteLength(code) + fileBytes
  if (total <= limitBytes) return
  throw new AppError('too-large', `The snippet and its files are ${total} bytes; the sandbox takes ${limitBytes}.`, {
    field: 'code',
    fix: 'Shorten the snippet or remove a file.',
  })
}
