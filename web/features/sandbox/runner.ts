import { backendFor, type Choice, chooseSandbox, type OtherBackend } from '#sandbox/browser/choose.ts'
import {
  defaultLimits,
  type Language,
  type Limits,
  type OutputChunk,
  type Programs,
  type RunResult,
  type Sandbox,
  type Session,
} from '#sandbox/sandbox.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { queryClient, trpc } from '#web/kernel/trpc.ts'
import type { SessionFiles } from './changes/session-files.ts'
import { type Removed, removedIn, type Written, writtenIn } from './changes/written.ts'
import { createOrgSessions, type FoundSession, type Held } from './org-sessions.ts'
import { appendChunk } from './output.ts'
import type { Program } from './program.ts'
import { readSandboxSettings } from './sandbox-settings.ts'

export type RunnerState = Held & {
  /** Whose run it is, or was; null before the first. */
  readonly orgId: OrgId | null
  readonly sandbox: SandboxState
  readonly progress: RunState
  readonly output: readonly OutputChunk[]
  /** The newest run that ended. */
  readonly lastRun: EndedRun | null
}

/** A run with what it ran, where and within which limits, and all that came of it. */
export type EndedRun = {
  readonly program: Program
  readonly backend: string
  readonly limits: Limits
  readonly result: RunResult
  readonly output: readonly OutputChunk[]
  readonly written: readonly Written[]
  readonly removed: readonly Removed[]
}

export type SandboxState =
  | { readonly phase: 'starting' }
  | { readonly phase: 'ready'; readonly choice: Extract<Choice, { state: 'chosen' }> }
  | { readonly phase: 'unavailable'; readonly reason: string; readonly others: readonly OtherBackend[] }

export type RunState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running'; readonly startedAt: number }
  | { readonly phase: 'ended'; readonly result: RunResult }

/** What of the runner this org sees: of another's run only that it goes on, for there is one at a time. */
export function stateIn(orgId: OrgId, state: RunnerState): RunnerState {
  const seen: RunnerState = state.heldBy === orgId ? state : { ...state, servers: [], madeBeside: [], noRoom: [] }
  if (state.orgId === orgId) return seen
  return {
    ...seen,
    progress: isElsewhere(orgId, state) ? state.progress : { phase: 'idle' },
    output: [],
    lastRun: null,
  }
}

/** Whether a run of another org goes on: its sessions are not ended under it. */
function isElsewhere(orgId: OrgId, state: Pick<RunnerState, 'orgId' | 'progress'>): boolean {
  return state.progress.phase === 'running' && state.orgId !== orgId
}

/** Whether a run goes on because something of its own answers. */
export function isServing({ progress, servers }: Pick<RunnerState, 'progress' | 'servers'>): boolean {
  return progress.phase === 'running' && servers.some(({ isOfRun }) => isOfRun)
}

/** Of a run here: of output what a person can read; beyond it a program is looping, not reporting. */
export const runLimits: Limits = { ...defaultLimits, outputBytes: 200_000 }

/** What the terminal is given; `elsewhere` where another org's program or files would be lost, for all sessions are one org's. */
export type FoundPrograms =
  | { readonly state: 'ready'; readonly programs: Programs }
  | { readonly state: 'lost' }
  | { readonly state: 'elsewhere'; readonly reason: string }

/** Finds the sandboxes of this browser, and tells when that changes. */
type FindSandbox = (onChange: (choice: Choice) => void) => Promise<Choice>

export const pageRunner = createRunner(async (onChange) => {
  const { webContainers } = await readSandboxSettings()
  return await chooseSandbox({ onChange, ...(webContainers !== null && { containers: webContainers }) })
}, nameOfOrg)

/** A sandbox session a backend for the page. They live outside the pane, so a run goes on while another tab is in front. */
export function createRunner(findSandbox: FindSandbox, nameOf: (orgId: OrgId) => string | undefined = () => undefined) {
  const listeners = new Set<() => void>()
  let state: RunnerState = {
    orgId: null,
    sandbox: { phase: 'starting' },
    progress: { phase: 'idle' },
    output: [],
    lastRun: null,
    ...{ heldBy: null, servers: [], madeBeside: [], noRoom: [] },
  }
  let choosing: Promise<void> | undefined
  let searches = 0
  let stopping = new AbortController()
  /** All the run said, whatever of it is still shown. */
  let said: readonly OutputChunk[] = []
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
    said = arrived.reduce(appendChunk, said)
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

  const lack = (reason: string) => {
    const others = state.sandbox.phase === 'ready' ? state.sandbox.choice.others : []
    set({ sandbox: { phase: 'unavailable', reason, others } })
    return null
  }
  const sessions = createOrgSessions({ limits: runLimits, hear, tell: set, nameOf })

  async function choose(): Promise<void> {
    searches += 1
    const mine = searches
    // One that was given up finds nothing any more: its sandboxes are not those that hold the files.
    const hearChoice = (choice: Choice) => mine === searches && take(choice)
    hearChoice(await findSandbox(hearChoice))
  }

  /** There is nothing to keep, to share or to compare. */
  const neverBegan = (result: RunResult) => set({ progress: { phase: 'ended', result }, lastRun: null })

  /** A start that failed, in words or by throwing, is told with its reason and tried again at the next call. */
  async function open(orgId: OrgId, language: Language, openIn: OpenSession = sessions.open) {
    try {
      return await begin(orgId, language, openIn)
    } catch (error) {
      return lack(reasonOf(error))
    }
  }

  async function begin(orgId: OrgId, language: Language, openIn: OpenSession) {
    if (state.sandbox.phase === 'unavailable') choosing = undefined
    choosing ??= choose()
    await choosing
    const { sandbox } = state
    const backend = sandbox.phase === 'ready' ? backendFor(sandbox.choice, language) : undefined
    if (backend === undefined || isElsewhere(orgId, state)) return null
    const opened = await openIn(orgId, backend.sandbox)
    if (opened?.state === 'unavailable') return lack(opened.reason)
    return opened && { ...opened, backend: backend.sandbox.name }
  }

  return {
    getState: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** Starts the sandbox and fetches what the language needs, before the first run asks for it. It ends no terminal for that. */
    async warm(orgId: OrgId, language: Language): Promise<void> {
      const opened = await open(orgId, language, sessions.warm)
      if (opened?.state === 'ready') opened.session.prepare(language)
    },
    /** Whole programs beside the runs; `lost` where the backend of this language has none, or could not start. */
    async programs(orgId: OrgId, language: Language): Promise<FoundPrograms> {
      const opened = await open(orgId, language)
      if (opened?.state === 'held') return { state: 'elsewhere', reason: opened.reason }
      if (opened?.files.programs) return { state: 'ready', programs: opened.files.programs }
      return isElsewhere(orgId, state) ? { state: 'elsewhere', reason: runsElsewhere } : { state: 'lost' }
    },
    /** Runs it, unless something runs already; `onEnd` hears what came of it, whatever is shown by then. */
    async run(orgId: OrgId, program: Program, onEnd?: (run: EndedRun) => void): Promise<void> {
      const { language, code, path, files } = program
      if (state.progress.phase === 'running') return
      arrived = []
      said = []
      const progress = { phase: 'running', startedAt: Date.now() } as const
      set({ ...stateIn(orgId, state), orgId, progress, output: [] })
      stopping = new AbortController()
      const { signal } = stopping
      const opened = await Promise.race([open(orgId, language), aborted(signal)])
      if (signal.aborted) {
        neverBegan({ kind: 'stopped', durationMs: Date.now() - progress.startedAt })
        return
      }
      if (opened?.state === 'held') {
        neverBegan({ kind: 'unavailable', reason: opened.reason, durationMs: Date.now() - progress.startedAt })
        return
      }
      if (opened === null) {
        set({ progress: { phase: 'idle' } })
        return
      }
      const { session, backend } = opened
      const result = await runIn(opened, program, signal)
      showArrived()
      const given = { ...files, ...(path !== null && { [path]: code }) }
      const ended = { program, backend, limits: session.limits, result, output: said }
      const written = writtenIn(session.files, given, opened.files.leave())
      // Files that never got there were not taken away.
      const removed = result.kind === 'unavailable' ? [] : removedIn(session.files, program)
      const lastRun = { ...ended, written, removed }
      set({ progress: { phase: 'ended', result }, lastRun })
      opened.showMade()
      onEnd?.(lastRun)
    },
    /** Hears that a file as the terminal made it is kept in a workspace now. */
    noteSaved: sessions.noteSaved,
    /** Ends the run, or keeps it from beginning while its sandbox still starts. */
    stop(): void {
      stopping.abort()
    },
    /** Takes away what is shown; what is known of the run stays whole. */
    clear(): void {
      showArrived()
      set({ output: [], ...(state.progress.phase === 'ended' ? { progress: { phase: 'idle' } } : {}) })
    },
  }
}

const runsElsewhere =
  'A program of another organisation still runs in this browser, and no shell opens beside it. Stop it, then try again.'

type OpenSession = (orgId: OrgId, sandbox: Sandbox) => Promise<FoundSession>

function nameOfOrg(orgId: OrgId): string | undefined {
  return queryClient.getQueryData(trpc.orgs.list.queryKey())?.find(({ id }) => id === orgId)?.name
}

/** In a session that holds its files, and none that another run brought or left. */
async function runIn(
  { session, files: held }: { session: Session; files: SessionFiles },
  { language, code, path, files, stdin }: Program,
  signal: AbortSignal,
): Promise<RunResult> {
  const startedAt = performance.now()
  try {
    await Promise.race([held.bring(files), aborted(signal)])
    const request = { language, code, signal, ...(path !== null && { path }), ...(stdin !== '' && { stdin }) }
    return await session.run(request)
  } catch (error) {
    // What does not fit is told by throwing; a person reads it like any other end.
    return { kind: 'unavailable', reason: reasonOf(error), durationMs: performance.now() - startedAt }
  }
}

function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }))
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
