import type { FrameCommand, PythonJob, PythonPart, ScriptJob, WorkerLimits } from './inside/protocol.ts'

/** The page's end of the frame: one control port, and for each run one port that answers for that run only. */
export interface FrameLink {
  /** Its answers come on the one port; on the other a preview asks. */
  run(
    run: number,
    job: ScriptJob,
    limits: WorkerLimits,
  ): { readonly port: MessagePort; readonly questions: MessagePort }
  /** A part of Python. */
  loadPython(part: PythonPart): void
  runPython(run: number, job: PythonJob, limits: WorkerLimits): MessagePort
  kill(): void
  onWorkerFailure(listener: (run: number | null, message: string) => void): void
  close(): void
}

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
  let hearFailure: (run: number | null, message: string) => void = () => undefined
  const close = () => {
    control.close()
    frame.remove()
  }
  const giveUp = (reason: string) => {
    close()
    resolve({ state: 'failed', reason })
  }
  const timer = setTimeout(() => giveUp(`The sandbox frame ${url} did not answer within ${timeoutMs} ms.`), timeoutMs)

  const link: FrameLink = {
    run(run, job, limits) {
      const answers = new MessageChannel()
      const asking = new MessageChannel()
      control.postMessage({ type: 'run', run, job, limits } satisfies FrameCommand, [answers.port2, asking.port2])
      return { port: answers.port1, questions: asking.port1 }
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
    close,
  }

  control.onmessage = (event: MessageEvent<unknown>) => {
    const message = event.data
    if (typeof message !== 'object' || message === null || !('type' in message)) return
    if (message.type === 'ready') {
      clearTimeout(timer)
      resolve({ state: 'open', link })
    }
    if (message.type !== 'worker-failed') return
    const run = 'run' in message && typeof message.run === 'number' ? message.run : null
    hearFailure(run, 'message' in message ? String(message.message) : '')
  }
  frame.addEventListener('load', () => frame.contentWindow?.postMessage(null, '*', [theirs]), { once: true })
  document.body.append(frame)
  return promise
}
