import { AppError } from '#shared/kernel/app-error.ts'
import { createFileStore } from '../file-store.ts'
import type { Limits, RunOutcome, RunRequest, Session } from '../sandbox.ts'
import type { Compiled, Compiler } from './compile.ts'
import type { FrameLink } from './frame-link.ts'
import type { WorkerMessage } from './inside/protocol.ts'
import { createPositions, type Positions } from './positions.ts'
import { linkPreview, type PreviewLink } from './preview-link.ts'
import { loadPythonParts, type PythonLoad } from './python-parts.ts'
import { type CurrentRun, createRuns, type Source, startClock } from './runs.ts'
import { createServers } from './servers.ts'
import type { SourceMap } from './source-map.ts'
import { parseWorkerMessage } from './worker-message.ts'

export type FrameGiven = {
  readonly limits: Limits
  readonly compiler: Compiler
  readonly pythonUrl: string
  readonly previewUrl: string
}

export function createFrameSession(link: FrameLink, given: FrameGiven): Session {
  const { limits, compiler, pythonUrl, previewUrl } = given
  const servers = createServers()
  const workerLimits = { outputBytes: limits.outputBytes, fileBytes: limits.fileBytes }
  const files = createFileStore(limits.fileBytes)
  const python = createPython(link, pythonUrl)
  const runs = createRuns({
    limits,
    files,
    begin(run, request, source) {
      if (request.language === 'python') startPython(run, source, request.stdin ?? '')
      else void start(run, source, request)
    },
    close() {
      compiler.dispose()
      link.close()
    },
  })
  link.onWorkerFailure((failed, message) => {
    const run = runs.current()
    if (failed === null || failed !== run?.number) return
    const detail = message === '' ? '' : `: ${message}`
    run.end({ kind: 'crashed', reason: `The sandbox worker ended by itself${detail}.` })
  })

  /** Compiles if the code needs it, then hands it to a fresh worker, unless the run was ended meanwhile. */
  async function start(run: CurrentRun, source: Source, request: RunRequest): Promise<void> {
    const program = needsCompiler(request) ? await compile(source) : asItStands(source)
    if (runs.current() !== run) return
    if (program.kind !== 'program') {
      run.end(program)
      return
    }
    const stopClock = startClock(run)
    const { entry } = source
    const job = { code: program.code, entry, files: bytesOf(source), stdin: request.stdin ?? '' }
    const { port, questions } = link.run(run.number, job, workerLimits)
    listenTo(run, port, source, program.map, linkPreview(questions, { run, servers, url: previewUrl, stopClock }))
  }

  function startPython(run: CurrentRun, source: Source, stdin: string): void {
    // The job waits in the frame for what is still on its way, so nothing waits here.
    void python.load().then((loaded) => {
      if (loaded.kind === 'unavailable') run.end(loaded)
    })
    const job = { entry: source.entry, files: bytesOf(source), stdin }
    listenTo(run, link.runPython(run.number, job, workerLimits), source, null)
  }

  /** All the run finds, its own text in its place. */
  function bytesOf({ entry, files: sources }: Source): ReadonlyMap<string, Uint8Array> {
    return new Map(files.contents()).set(entry, new TextEncoder().encode(sources.get(entry) ?? ''))
  }

  function listenTo(
    run: CurrentRun,
    port: MessagePort,
    source: Source,
    map: SourceMap | null,
    preview?: PreviewLink,
  ): void {
    const positions = createPositions(source.entry, map)
    const isSnippet = files.read(source.entry) === undefined
    run.onEnd(() => {
      port.close()
      link.kill()
    })
    port.onmessage = (event) => {
      const message = parseWorkerMessage(event.data)
      if (message === null || runs.current() !== run) return
      if (message.type === 'begun') startClock(run)
      else if (message.type === 'output') runs.tell({ stream: message.stream, text: positions.inText(message.text) })
      else if (message.type === 'files') takeFiles(run, message, isSnippet ? source.entry : undefined)
      else if (message.type === 'listening') preview?.listening(message.port, message.isOpen)
      else if (message.type === 'answered') preview?.answered(message.id, message.answered)
      else void conclude(message, positions, source).then(run.end)
    }
  }

  /** As far as there is room; the snippet itself is no file unless it was one. */
  function takeFiles(run: CurrentRun, { written, removed }: FilesMessage, snippet: string | undefined): void {
    const take = (path: string, act: () => void) => {
      if (path === snippet) return
      try {
        act()
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        run.meet('files')
      }
    }
    for (const path of removed) take(path, () => files.remove(path))
    for (const [path, bytes] of written) take(path, () => files.write(path, bytes))
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

  return {
    ...runs.session,
    limits,
    files,
    onServers: servers.hear,
    prepare(language) {
      if (language === 'typescript') compiler.warm()
      if (language === 'python') void python.load()
    },
  }
}

/** Python is fetched when it is first wanted, once. */
function createPython(link: FrameLink, url: string): { load(): Promise<PythonLoad> } {
  let loading: Promise<PythonLoad> | undefined
  const load = async () => {
    const loaded = await loadPythonParts(url, link.loadPython)
    if (loaded.kind === 'unavailable') loading = undefined
    return loaded
  }
  return {
    load() {
      loading ??= load()
      return loading
    },
  }
}

type FinalMessage = Exclude<WorkerMessage, { type: 'output' | 'begun' | 'files' | 'listening' | 'answered' }>
type FilesMessage = Extract<WorkerMessage, { type: 'files' }>
type Program = { readonly kind: 'program'; readonly code: string; readonly map: SourceMap | null }

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
