import { AppError } from '#shared/kernel/app-error.ts'
import { byteLength, cleanPath, createFileStore, defaultPath } from '../file-store.ts'
import type { Limits, OutputChunk, RunOutcome, RunRequest, Session } from '../sandbox.ts'
import type { Compiled, Compiler } from './compile.ts'
import type { FrameLink } from './frame-link.ts'
import type { WorkerMessage } from './inside/protocol.ts'
import { createPositions, type Positions } from './positions.ts'
import { loadPythonParts } from './python-parts.ts'
import type { SourceMap } from './source-map.ts'
import { parseWorkerMessage } from './worker-message.ts'

export function createFrameSession(link: FrameLink, limits: Limits, compiler: Compiler, pythonUrl: string): Session {
  const files = createFileStore(limits.fileBytes)
  const listeners = new Set<(chunk: OutputChunk) => void>()
  let current: CurrentRun | undefined
  let runs = 0
  let isDisposed = false

  const kill = () => current?.end({ kind: 'stopped' })
  const python = createPython(link, pythonUrl)
  link.onWorkerFailure((run, message) => {
    if (run === null || run !== current?.number) return
    const detail = message === '' ? '' : `: ${message}`
    current.end({ kind: 'crashed', reason: `The sandbox worker ended by itself${detail}.` })
  })

  /** Compiles if the code needs it, then hands it to a fresh worker, unless the run was ended meanwhile. */
  async function start(run: CurrentRun, source: Source, needsCompiler: boolean): Promise<void> {
    const program = needsCompiler ? await compile(source) : asItStands(source)
    if (current !== run) return
    if (program.kind !== 'program') {
      run.end(program)
      return
    }
    startClock(run)
    listenTo(run, link.run(run.number, program.code, { outputBytes: limits.outputBytes }), source, program.map)
  }

  function startClock(run: CurrentRun): void {
    const timer = setTimeout(() => run.end({ kind: 'timed-out', limitMs: run.timeMs }), run.timeMs)
    run.onEnd(() => clearTimeout(timer))
  }

  async function startPython(run: CurrentRun, { entry, files: sources }: Source, stdin: string): Promise<void> {
    const loaded = await python.load()
    if (current !== run) return
    if (loaded.kind === 'unavailable') {
      run.end(loaded)
      return
    }
    const contents = new Map(files.contents()).set(entry, new TextEncoder().encode(sources.get(entry) ?? ''))
    const port = link.runPython(run.number, { entry, files: contents, stdin }, { outputBytes: limits.outputBytes })
    listenTo(run, port, { entry, files: sources }, null)
  }

  function listenTo(run: CurrentRun, port: MessagePort, source: Source, map: SourceMap | null): void {
    const positions = createPositions(source.entry, map)
    run.onEnd(() => {
      port.close()
      link.kill()
    })
    port.onmessage = (event) => {
      const message = parseWorkerMessage(event.data)
      if (message === null || current !== run) return
      if (message.type === 'begun') startClock(run)
      else if (message.type === 'output') tell({ stream: message.stream, text: positions.inText(message.text) })
      else void conclude(message, positions, source).then(run.end)
    }
  }

  async function compile({ entry, files: sources }: Source): Promise<Program | RunOutcome> {
    const compiled = await compiler.compile(entry, sources)
    return compiled.kind === 'compiled'
      ? { kind: 'program', code: compiled.code, map: compiled.map }
      : refusal(compiled)
  }

  async function conclude(message: FinalMessage, positions: Positions, source: Source): Promise<RunOutcome> {
    if (message.type === 'completed') return { kind: 'completed', exitCode: 0, value: message.value }
    if (message.type === 'exited') {
      if (message.exitCode !== 0) return { kind: 'exited', exitCode: message.exitCode }
      return { kind: 'completed', exitCode: 0, value: null }
    }
    if (message.type === 'python-failed') return { kind: 'failed', phase: message.phase, error: message.error }
    if (message.type === 'output-limit') return { kind: 'output-limit', limitBytes: limits.outputBytes }
    const error = positions.error(message.name, message.message, message.stack)
    const failed: RunOutcome = { kind: 'failed', phase: 'run', error }
    if (error.name !== 'SyntaxError' || error.at !== null) return failed
    // Browsers do not say where the syntax of a module is wrong; the compiler does.
    const compiled = await compiler.compile(source.entry, source.files)
    return compiled.kind === 'failed' ? refusal(compiled) : failed
  }

  function tell(chunk: OutputChunk): void {
    for (const listener of listeners) listener(chunk)
  }

  return {
    limits,
    files,
    kill,
    prepare(language) {
      if (language === 'typescript') compiler.warm()
      if (language === 'python') void python.load()
    },
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
      const over = (outcome: RunOutcome) => ({ ...outcome, durationMs: performance.now() - startedAt })
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
      if (request.language === 'python') void startPython(run, source, request.stdin ?? '')
      else void start(run, source, needsCompiler(request))
      return over(await run.outcome)
    },
    dispose() {
      kill()
      isDisposed = true
      listeners.clear()
      compiler.dispose()
      link.close()
    },
  }
}

/** Python is fetched when it is first wanted, once. */
function createPython(link: FrameLink, url: string): { load(): Promise<{ kind: 'loaded' } | Unavailable> } {
  let loading: Promise<{ kind: 'loaded' } | Unavailable> | undefined
  const load = async () => {
    const loaded = await loadPythonParts(url)
    if (loaded.kind === 'unavailable') {
      loading = undefined
      return loaded
    }
    link.loadPython(loaded.parts)
    return { kind: 'loaded' as const }
  }
  return {
    load() {
      loading ??= load()
      return loading
    },
  }
}

type Unavailable = Extract<RunOutcome, { kind: 'unavailable' }>
type FinalMessage = Exclude<WorkerMessage, { type: 'output' | 'begun' }>
type Source = { readonly entry: string; readonly files: ReadonlyMap<string, string> }
type Program = { readonly kind: 'program'; readonly code: string; readonly map: SourceMap | null }

type CurrentRun = {
  readonly number: number
  readonly timeMs: number
  readonly outcome: Promise<RunOutcome>
  /** The first outcome counts; what comes later is too late. */
  readonly end: (outcome: RunOutcome) => void
  readonly onEnd: (cleanUp: () => void) => void
}

function createRun(number: number, timeMs: number): CurrentRun {
  const { promise, resolve } = Promise.withResolvers<RunOutcome>()
  const cleanUps: (() => void)[] = []
  return {
    number,
    timeMs,
    outcome: promise,
    end(outcome) {
      resolve(outcome)
      for (const cleanUp of cleanUps.splice(0)) cleanUp()
    },
    onEnd: (cleanUp) => void cleanUps.push(cleanUp),
  }
}

function readSource({ language, path, code }: RunRequest, files: ReadonlyMap<string, string>): Source {
  const entry = cleanPath(path ?? defaultPath[language])
  return { entry, files: new Map(files).set(entry, code) }
}

function asItStands({ entry, files }: Source): Program {
  return { kind: 'program', code: files.get(entry) ?? '', map: null }
}

function refusal(compiled: Exclude<Compiled, { kind: 'compiled' }>): RunOutcome {
  return compiled.kind === 'failed' ? { kind: 'failed', phase: 'compile', error: compiled.error } : compiled
}

/** Plain JavaScript without imports runs as it stands, so it starts at once and keeps its own lines. */
function needsCompiler({ language, code }: RunRequest): boolean {
  return language === 'typescript' || /\b(?:import|require)\b|\bexport\b[^;]*\bfrom\b/.test(code)
}

function requireRoom({ code }: RunRequest, fileBytes: number, limitBytes: number): void {
  const total = byteLength(code) + fileBytes
  if (total <= limitBytes) return
  throw new AppError('too-large', `The snippet and its files are ${total} bytes; the sandbox takes ${limitBytes}.`, {
    field: 'code',
    fix: 'Shorten the snippet or remove a file.',
  })
}
