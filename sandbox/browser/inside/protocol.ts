import type { RunError } from '../../sandbox.ts'
import type { Answered } from './node/http.ts'

/** What the page, the frame and the worker say to each other. Types only: it leaves no trace in what is shipped. */

export type WorkerLimits = { readonly outputBytes: number; readonly fileBytes: number }

/** One script, compiled where it had to be, and what it finds around it. */
export type ScriptJob = {
  readonly code: string
  readonly entry: string
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly stdin: string
}

/** One Python program and what it needs; the interpreter has been loaded before. */
export type PythonJob = {
  readonly entry: string
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly stdin: string
}

/**
 * What Python in a worker is made of; the page fetches it, as the frame has no network. Each part goes on as it comes: the
 * code is read and the engine compiled while the memory is still on its way. What is large travels as a reference to bytes
 * that the browser holds, so that none of the threads it passes copies it.
 */
export type PythonPart =
  | { readonly name: 'code'; readonly glue: string; readonly core: string }
  | { readonly name: 'engine'; readonly wasm: Blob }
  | {
      readonly name: 'library'
      readonly info: unknown
      readonly library: Blob
      /** Without it Python starts by itself, which takes seconds. */
      readonly layout: SnapshotLayout | null
    }
  | { readonly name: 'memory'; readonly snapshot: Blob }

/** How the memory of a Python that has started is laid out: the snapshot's bytes are those of the runs, one after another. */
export type SnapshotLayout = {
  readonly snapshotBytes: number
  /** What stands before the memory, for the loader; in base64. */
  readonly head: string
  /** Address and length. */
  readonly runs: readonly (readonly [number, number])[]
  /** The runner that stands in this memory. */
  readonly runner: string
}

/**
 * Page to worker, once, before any user code is there, on the port of its seat. User code never sees that port, on which
 * the worker only posts from then on; on the other port of the seat a preview's questions come.
 */
export type StartMessage = { readonly job: ScriptJob; readonly limits: WorkerLimits }

/** Worker to page, on the port of that one run. */
export type WorkerMessage =
  /** The interpreter is there and the program begins: its clock runs from here. */
  | { readonly type: 'begun' }
  | { readonly type: 'output'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly type: 'completed'; readonly value: string | null }
  | { readonly type: 'exited'; readonly exitCode: number }
  | { readonly type: 'failed'; readonly name: string; readonly message: string; readonly stack: string }
  /** A failure that knows its place by itself. */
  | { readonly type: 'python-failed'; readonly phase: 'compile' | 'run'; readonly error: RunError }
  | { readonly type: 'output-limit' }
  /** Files that became others or went. */
  | { readonly type: 'files'; readonly written: ReadonlyMap<string, Uint8Array>; readonly removed: readonly string[] }
  /** A server of the program opened a port or closed it. */
  | { readonly type: 'listening'; readonly port: number; readonly isOpen: boolean }
  | { readonly type: 'answered'; readonly id: number; readonly answered: Answered }

/**
 * Page to frame. A seat is the frame's end of two ports, on which the page reaches one worker directly; the page hands over
 * the next one ahead of time, so the worker that is parked has its seat already when a run comes.
 */
export type FrameCommand =
  | { readonly type: 'seat'; readonly seat: number }
  /** The page started a run on the seat it gave last; it brings the next. */
  | { readonly type: 'taken'; readonly next: number }
  | { readonly type: 'run-python'; readonly run: number; readonly job: PythonJob; readonly limits: WorkerLimits }
  /** Loads Python, part by part, and keeps one parked from now on. */
  | { readonly type: 'load-python'; readonly part: PythonPart }
  | { readonly type: 'kill' }

/** Frame to page. */
export type FrameMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'worker-failed'; readonly seat: number; readonly message: string }
  | { readonly type: 'python-worker-failed'; readonly run: number | null; readonly message: string }
