import { type Choice, chooseSandbox, type OtherBackend } from '#sandbox/browser/choose.ts'
import type { Language, OutputChunk, RunResult, Session } from '#sandbox/sandbox.ts'
import { appendChunk } from './output.ts'

export type RunnerState = {
  readonly sandbox: SandboxState
  readonly progress: RunState
  readonly output: readonly OutputChunk[]
}

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

/** One sandbox session for the page. It lives outside the pane, so a run goes on while another tab is in front. */
function createRunner() {
  const listeners = new Set<() => void>()
  let state: RunnerState = { sandbox: { phase: 'starting' }, progress: { phase: 'idle' }, output: [] }
  let booting: Promise<Session | null> | undefined
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

  async function boot(): Promise<Session | null> {
    const choice = await chooseSandbox()
    const others = choice.others
    if (choice.state === 'none') {
      set({ sandbox: { phase: 'unavailable', reason: choice.reason, others } })
      return null
    }
    const started = await choice.sandbox.boot({ limits })
    if (started.state === 'unavailable') {
      set({ sandbox: { phase: 'unavailable', reason: started.reason, others } })
      return null
    }
    started.session.onOutput(hear)
    set({ sandbox: { phase: 'ready', choice } })
    return started.session
  }

  /** A start that failed is tried again at the next call. */
  async function open(): Promise<Session | null> {
    booting ??= boot()
    const session = await booting
    if (session === null) booting = undefined
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
      const session = await open()
      session?.prepare(language)
    },
    async run(language: Language, code: string): Promise<void> {
      if (state.progress.phase === 'running') return
      arrived = []
      set({ progress: { phase: 'running', startedAt: Date.now() }, output: [] })
      const session = await open()
      if (session === null) {
        set({ progress: { phase: 'idle' } })
        return
      }
      const result = await session.run({ language, code })
      showArrived()
      set({ progress: { phase: 'ended', result } })
    },
    async stop(): Promise<void> {
      const session = await booting
      session?.kill()
    },
    clear(): void {
      arrived = []
      set({ output: [], ...(state.progress.phase === 'ended' ? { progress: { phase: 'idle' } } : {}) })
    },
  }
}
