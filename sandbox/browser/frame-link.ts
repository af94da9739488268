import type { FrameCommand, PythonJob, PythonPart, ScriptJob, StartMessage, WorkerLimits } from './inside/protocol.ts'

/** The page's end of the frame: one control port, and for each run one port that answers for that run only. */
export interface FrameLink {
  /** Its answers come on the one port; on the other a preview asks. */
  run(run: number, job: ScriptJob, limits: WorkerLimits): Seat
  /** A part of Python. */
  loadPython(part: PythonPart): void
  runPython(run: number, job: PythonJob, limits: WorkerLimits): MessagePort
  kill(): void
  onWorkerFailure(listener: (run: number | null, message: string) => void): void
  close(): void
}

/** The page's end of a worker. */
type Seat = { readonly port: MessagePort; readonly questions: MessagePort }

export type OpenedFrame =
  | { readonly state: 'open'; readonly link: FrameLink }
  | { readonly state: 'failed'; readonly reason: string }

/** Puts the frame into the page and waits until it answers; a frame that never does is removed and reported. */
export function openFrame(url: string, timeoutMs: number): Promise<OpenedFrame> {
  const { promise, resolve } = Promise.withResolvers<OpenedFrame>()
  const frame = document.createElement('iframe')
  // Without allow-same-origin the frame gets an opaque origin: no cookies, no storage, no way to this page.
  frame.setAttribute('sandbox', 'allow-scripts')
  frame.setAttribute('allow', '')
  frame.src = url
  frame.title = 'Code sandbox'
  frame.hidden = true

  const { port1: control, port2: theirs } = new MessageChannel()
  const { promise: ready, resolve: isReady } = Promise.withResolvers<void>()
  const link = linkOver(control, { isReady, remove: () => frame.remove() })
  const timer = setTimeout(() => {
    link.close()
    resolve({ state: 'failed', reason: `The sandbox frame ${url} did not answer within ${timeoutMs} ms.` })
  }, timeoutMs)
  void ready.then(() => {
    clearTimeout(timer)
    resolve({ state: 'open', link })
  })
  frame.addEventListener('load', () => frame.contentWindow?.postMessage(null, '*', [theirs]), { once: true })
  document.body.append(frame)
  return promise
}

type Frame = { readonly isReady: () => void; readonly remove: () => void }

function linkOver(control: MessagePort, { isReady, remove }: Frame): FrameLink {
  let hearFailure: (run: number | null, message: string) => void = () => undefined
  let taken: { readonly seat: number; readonly run: number } | undefined
  let next = 1
  let ahead = give((seat) => ({ type: 'seat', seat }))

  /** A command that brings the frame the ports of one more seat. */
  function give(command: (seat: number) => FrameCommand): Seat {
    const [answers, asking] = [new MessageChannel(), new MessageChannel()]
    control.postMessage(command(next), [answers.port2, asking.port2])
    return { port: answers.port1, questions: asking.port1 }
  }

  control.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data !== 'object' || data === null || !('type' in data)) return
    if (data.type === 'ready') isReady()
    const message = 'message' in data ? String(data.message) : ''
    if (data.type === 'worker-failed') {
      hearFailure('seat' in data && data.seat === taken?.seat ? (taken?.run ?? null) : null, message)
    }
    if (data.type === 'python-worker-failed') {
      hearFailure('run' in data && typeof data.run === 'number' ? data.run : null, message)
    }
  }

  return {
    run(run, job, limits) {
      const seat = ahead
      taken = { seat: next, run }
      seat.port.postMessage({ job, limits } satisfies StartMessage)
      next += 1
      ahead = give((following) => ({ type: 'taken', next: following }))
      return seat
    },
    loadPython: (part) => control.postMessage({ type: 'load-python', part } satisfies FrameCommand),
    runPython(run, job, limits) {
      const { port1, port2 } = new MessageChannel()
      control.postMessage({ type: 'run-python', run, job, limits } satisfies FrameCommand, [port2])
      return port1
    },
    kill: () => control.postMessage({ type: 'kill' } satisfies FrameCommand),
    onWorkerFailure(listener) {
      hearFailure = listener
    },
    close() {
      control.close()
      remove()
    },
  }
}
