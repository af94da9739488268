import type { AllowedHost } from '#shared/sandbox/allowed-host.ts'

/**
 * The port every place that runs code implements: put files in, run, hear the output while it comes, stop, throw away.
 * A backend says what it can do before it is asked, and every run ends in exactly one typed result; nothing is thrown for
 * what user code did.
 */
export interface Sandbox {
  readonly name: string
  readonly capabilities: Capabilities
  /** Cheap and free of side effects: can this backend work here and now? */
  probe(): Promise<Probe>
  /** Starts it. A backend that cannot start answers with the reason; it never hangs. */
  boot(options?: BootOptions): Promise<Boot>
  /** Where sessions share something beneath them: ends that, and them with it. The next boot begins anew. */
  close?(): void | Promise<void>
}

export type Language = 'javascript' | 'typescript' | 'python'

export type Capabilities = {
  readonly languages: readonly Language[]
  /** Files written before a run can be imported by it. */
  readonly multiFile: boolean
  /** A run is as good as a process: it has an exit code, standard input and files of bytes. */
  readonly processes: boolean
  /** Of Node's modules there are small stand-ins only; what they lack is refused by its name. */
  readonly shims?: boolean
  /** Sessions run commands over whole projects. */
  readonly projects?: boolean
  /** `Limits.memoryBytes` and `processCount` are kept by the backend, and not only by the browser it runs in. */
  readonly memoryLimit: boolean
  /** An error stands on the column of the throw; else on its line, and the column is somewhere in the statement. */
  readonly exactColumns: boolean
  /** A promise that was rejected and that nobody heard fails the run; else only one the program waited for. */
  readonly tellsRejections: boolean
  /** `listed`: nobody, or only the hosts a session was booted with. */
  readonly network: boolean | 'listed'
  readonly terminal: boolean
  readonly preview: boolean
  /** One plain sentence for people: what keeps the code away from everything else. */
  readonly isolation: string
}

export type Probe = { readonly state: 'available' } | { readonly state: 'unavailable'; readonly reason: string }

export type BootOptions = {
  readonly limits?: Partial<Limits>
  /** Whom programs of this session may reach, where `capabilities.network` is 'listed'; nobody when not given. */
  readonly network?: NetworkRules
}

export type NetworkRules = {
  readonly allowed: readonly AllowedHost[]
  /** True only for what the operator of this server named, although it is an address of the server's own network. */
  mayReachPrivate?(host: string, port: number): boolean
}

/** A program tried to reach somebody; `why` says what kept it from it. */
export type NetworkAttempt = AllowedHost & { readonly isAllowed: boolean; readonly why?: string }

export type Boot =
  | { readonly state: 'ready'; readonly session: Session }
  | { readonly state: 'unavailable'; readonly reason: string }

export type Limits = {
  readonly timeMs: number
  /** UTF-8 bytes of stdout and stderr together, for one run. */
  readonly outputBytes: number
  /** UTF-8 bytes of all files and the snippet together. */
  readonly fileBytes: number
  /** Of all processes of one run together, what they write to disk included. Where `processes` is false, the browser's. */
  readonly memoryBytes: number
  /** How many processes and threads one run may have at once. */
  readonly processCount: number
}

export const defaultLimits: Limits = {
  timeMs: 10_000,
  outputBytes: 1_000_000,
  fileBytes: 5_000_000,
  memoryBytes: 256 * 1024 * 1024,
  processCount: 64,
}

export interface Session {
  readonly limits: Limits
  readonly files: Files
  /** One run at a time: a second one while the first goes on throws AppError `conflict`. */
  run(request: RunRequest): Promise<RunResult>
  /** Where `capabilities.projects`: a command over the session's files, under the same limits and with the same endings. */
  runCommand?(request: CommandRequest): Promise<RunResult>
  /** Loads what a language needs ahead of its first run. Calling it is never required. */
  prepare(language: Language): void
  /** Ends the current run at once, whatever it is doing; its result is `stopped`. The session stays usable. */
  kill(): void
  /** Where `capabilities.terminal`: whole programs beside the runs, over the same files. */
  readonly programs?: Programs
  /**
   * Where `capabilities.preview`: hears all servers that answer now, the newest first; at once, and each time one comes or
   * goes. Returns the way to stop hearing.
   */
  onServers?(listener: (servers: readonly Server[]) => void): () => void
  /** Hears every chunk of every run, in order, before the run's result. Returns the way to stop hearing. */
  onOutput(listener: (chunk: OutputChunk) => void): () => void
  /** Frees everything. A run in progress ends as `stopped`; later runs answer `unavailable`. */
  dispose(): void
}

/** Something the code serves, as a person can look at it: a page in an origin of its own. */
export type Server = {
  readonly port: number
  readonly url: string
  /** Served by the run that goes on; otherwise by a program beside it. */
  readonly isOfRun: boolean
  /**
   * Where it is there, the page at `url` is empty and has no network until it is given its window here, after each load;
   * what it asks for then goes by messages to the code. Returns the way to end that.
   */
  connect?(page: PreviewPage): () => void
}

/** The window of a frame, as far as it is needed here. */
export type PreviewPage = { postMessage(message: unknown, targetOrigin: string, transfer: MessagePort[]): void }

export interface Programs {
  /** Starts a program by its name in the files' folder. Throws AppError `unavailable` once the session has ended. */
  start(command: string, args: readonly string[], size?: TerminalSize): Promise<Program>
  /** Hears that programs changed files; they are in `files` by then, or named by `noRoom`. */
  onFiles(listener: () => void): () => void
  /** Brings into `files` what programs changed so far, without waiting for them to pause. */
  catchUp(): Promise<void>
  /** What programs and runs wrote and `files` had no room for, by path; `files` may still have it as it was before. */
  noRoom(): readonly string[]
}

export type TerminalSize = { readonly cols: number; readonly rows: number }

export interface Program {
  /** What it writes to its terminal, escape sequences included; from its beginning for the first who listens. */
  onOutput(listener: (text: string) => void): () => void
  write(text: string): void
  resize(size: TerminalSize): void
  end(): void
  /** Its exit code. */
  readonly exit: Promise<number>
}

/** Paths are relative, with forward slashes. What does not fit throws AppError `bad-input` or `too-large`. */
export interface Files {
  write(path: string, contents: string | Uint8Array): void
  /** Undefined where there is no such file. What a run of a process wrote is here when the run has ended. */
  read(path: string): Uint8Array | undefined
  remove(path: string): void
  list(): readonly string[]
}

export type RunRequest = {
  readonly language: Language
  readonly code: string
  /** Where the snippet stands among the files, for imports and positions; `snippet.ts` or `snippet.js` when not given. */
  readonly path?: string
  /** What the program reads; it meets the end of it after that. */
  readonly stdin?: string
  /** At most the session's own time limit. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

export type CommandRequest = Pick<RunRequest, 'stdin' | 'timeoutMs' | 'signal'> & {
  /** A line for the shell, e.g. `npm test` or `node main.js`; it begins in the folder of the files. */
  readonly command: string
}

export type OutputChunk = { readonly stream: 'stdout' | 'stderr'; readonly text: string }

export type RunResult = RunOutcome & {
  /** From the request to the end, compilation included. */
  readonly durationMs: number
  readonly limitsMet?: readonly LimitMet[]
  /**
   * Whom the run tried to reach, in order. Where it was given a network, all of it; where it was given none, as far as its
   * runtime said: a program that hides it is stopped all the same.
   */
  readonly attempts?: readonly NetworkAttempt[]
}

/** What a run was refused, though it may have gone on: memory, processes it could not start, files there was no room for. */
export type LimitMet = 'memory' | 'processes' | 'files'

export type RunOutcome =
  /** `value` shows the default export, if there is one. */
  | { readonly kind: 'completed'; readonly exitCode: 0; readonly value: string | null }
  | { readonly kind: 'failed'; readonly phase: 'compile' | 'run'; readonly error: RunError }
  /** The program ended by itself with a code that is not 0. */
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'out-of-memory'; readonly limitBytes: number }
  | { readonly kind: 'timed-out'; readonly limitMs: number }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'output-limit'; readonly limitBytes: number }
  | { readonly kind: 'crashed'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly reason: string }

export type RunError = {
  readonly name: string
  readonly message: string
  /** Frames in the user's own files and lines; frames of the sandbox itself are left out. */
  readonly stack: string
  /** The innermost place in the user's files, if known. */
  readonly at: Position | null
}

/** Lines and columns count from 1, as editors show them. */
export type Position = { readonly file: string; readonly line: number; readonly column: number }
