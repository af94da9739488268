import { backendFor, type Choice, chooseSandbox, type OtherBackend } from '#sandbox/browser/choose.ts'
import type { Language, OutputChunk, Programs, RunResult, Sandbox, Session } from '#sandbox/sandbox.ts'
import { appendChunk } from './output.ts'
import type { Program } from './program.ts'
import { readSandboxSettings } from './sandbox-settings.ts'

export type RunnerState = {
  readonly sandbox: SandboxState
  readonly progress: RunState
  readonly output: readonly OutputChunk[]
  /** The newest run that ended, with what it ran and where. */
  readonly lastRun: { readonly program: Program; readonly backend: string; readonly result: RunResult } | null
  /** Servers of programs that answer, the latest first. */
  readonly servers: readonly Server[]
}

export type Server = { readonly port: number; readonly url: string }

export type SandboxState =
  | { readonly phase: 'starting' }
  | { readonly phase: 'ready'; readonly choice: Extract<Choice, { state: 'chosen' }> }
  | { readonly phase: 'unavailable'; readonly reason: string; readonly others: readonly OtherBackend[] }

export type RunState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running'; readonly startedAt: number }
  | { readonly phase: 'ended'; readonly result: RunResult }

/** What a person can read; beyond it a program is looping, not reporting. */
const limits = { outputBytes: 200_000 }

export const pageRunner = createRunner()

/** A sandbox session a backend for the page. They live outside the pane, so a run goes on while another tab is in front. */
function createRunner() {
  const listeners = new Set<() => void>()
  const sessions = new Map<Sandbox, Promise<Session | null>>()
  let state: RunnerState = {
    sandbox: { phase: 'starting' },
    progress: { phase: 'idle' },
    output: [],
    lastRun: null,
    servers: [],
  }
  let choosing: Promise<void> | undefined
  let running: Session | null = null
  let arrived: OutputChunk[] = []
  let frame = 0

  const set = (change: Partial<RunnerState>) => {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }
  /** However fast a program talks, the screen is drawn once a frame. */
  const showArrived = () => {
    cancelAnimationFrame(frame)
    frame = 0
    if (arrived.length === 0) return
    const output = arrived.reduce(appendChunk, state.output)
    arrived = []
    set({ output })
  }
  const hear = (chunk: OutputChunk) => {
    arrived.push(chunk)
    if (frame === 0) frame = requestAnimationFrame(showArrived)
  }
  const take = (choice: Choice) => {
    if (choice.state === 'chosen') set({ sandbox: { phase: 'ready', choice } })
    else set({ sandbox: { phase: 'unavailable', reason: choice.reason, others: choice.others } })
  }

  async function choose(): Promise<void> {
    const { webContainers } = await readSandboxSettings()
    take(await chooseSandbox({ onChange: take, ...(webContainers !== null && { containers: webContainers }) }))
  }

  async function boot(sandbox: Sandbox): Promise<Session | null> {
    const started = await sandbox.boot({ limits })
    if (started.state === 'unavailable') {
      const others = state.sandbox.phase === 'ready' ? state.sandbox.choice.others : []
      set({ sandbox: { phase: 'unavailable', reason: started.reason, others } })
      return null
    }
    started.session.onOutput(hear)
    started.session.programs?.onServer((server) => {
      set({ servers: [server, ...state.servers.filter(({ port }) => port !== server.port)] })
    })
    return started.session
  }

  /** A start that failed is tried again at the next call. */
  async function open(language: Language): Promise<Session | null> {
    if (state.sandbox.phase === 'unavailable') choosing = undefined
    choosing ??= choose()
    await choosing
    const { sandbox } = state
    const backend = sandbox.phase === 'ready' ? backendFor(sandbox.choice, language) : undefined
    if (backend === undefined) return null
    const opening = sessions.get(backend.sandbox) ?? boot(backend.sandbox)
    sessions.set(backend.sandbox, opening)
    const session = await opening
    if (session === null) sessions.delete(backend.sandbox)
    return session
  }

  return {
    getState: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** Starts the sandbox and fetches what the language needs, before the first run asks for it. */
    async warm(language: Language): Promise<void> {
      const session = await open(language)
      session?.prepare(language)
    },
    /** Whole programs beside the runs, where the backend of this language has them. */
    async programs(language: Language): Promise<Programs | undefined> {
      return (await open(language))?.programs
    },
    async run(program: Program): Promise<void> {
      const { language, code, files, stdin } = program
      if (state.progress.phase === 'running') return
      arrived = []
      set({ progress: { phase: 'running', startedAt: Date.now() }, output: [] })
      running = await open(language)
      if (running === null) {
        set({ progress: { phase: 'idle' } })
        return
      }
      for (const path of running.files.list()) if (!Object.hasOwn(files, path)) running.files.remove(path)
      for (const [path, text] of Object.entries(files)) running.files.write(path, text)
      const result = await running.run({ language, code, ...(stdin !== '' && { stdin }) })
      running = null
      showArrived()
      const { sandbox } = state
      const backend = sandbox.phase === 'ready' ? backendFor(sandbox.choice, language)?.sandbox.name : undefined
      set({ progress: { phase: 'ended', result }, lastRun: { program, backend: backend ?? 'unknown', result } })
    },
    stop(): void {
      running?.kill()
    },
    clear(): void {
      arrived = []
      set({ output: [], ...(state.progress.phase === 'ended' ? { progress: { phase: 'idle' } } : {}) })
    },
  }
}
