/** What the page, the frame and the worker say to each other. Types only: it leaves no trace in what is shipped. */

export type WorkerLimits = { readonly outputBytes: number }

/** Page to worker, once, before any user code is there. A port comes with it; user code never sees that port. */
export type StartMessage = {
  readonly type: 'start'
  readonly code: string
  readonly limits: WorkerLimits
}

/** Worker to page, on the port of that one run. */
export type WorkerMessage =
  | { readonly type: 'output'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly type: 'completed'; readonly value: string | null }
  | { readonly type: 'failed'; readonly name: string; readonly message: string; readonly stack: string }
  | { readonly type: 'output-limit' }

/** Page to frame. `run` brings the port that the worker will answer on. */
export type FrameCommand =
  | { readonly type: 'run'; readonly run: number; readonly code: string; readonly limits: WorkerLimits }
  | { readonly type: 'kill' }

/** Frame to page. */
export type FrameMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'worker-failed'; readonly run: number | null; readonly message: string }
