import type { FrameMessage, StartMessage } from './protocol.ts'

/**
 * The opaque frame's own code: takes one port from the page that embeds it, keeps one fresh worker parked and hands it the
 * next run. It never reads what a worker says, so nothing a worker posts can reach the page. Shipped as text.
 */
export function frameScript(workerSource: string): void {
  const workerUrl = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }))
  let control: MessagePort | undefined
  let current: Worker | undefined
  let spare: Worker | undefined
  let parking: ReturnType<typeof setTimeout> | undefined

  addEventListener('message', function connect(event) {
    const [port] = event.ports
    if (event.source !== parent || port === undefined) return
    removeEventListener('message', connect)
    control = port
    port.onmessage = (command) => obey(command)
    park()
    port.postMessage({ type: 'ready' } satisfies FrameMessage)
  })

  function obey(command: MessageEvent): void {
    clearTimeout(parking)
    current?.terminate()
    current = undefined
    const [port] = command.ports
    if (command.data.type !== 'run' || port === undefined) {
      park()
      return
    }
    const { run, code, limits } = command.data
    current = spare ?? spawn(run)
    spare = undefined
    watch(current, run)
    current.postMessage({ type: 'start', code, limits } satisfies StartMessage, [port])
    // Not at once: a short run should not share the processor with the making of its successor.
    parking = setTimeout(park, 100)
  }

  function park(): void {
    spare ??= spawn(null)
  }

  function spawn(run: number | null): Worker {
    const worker = new Worker(workerUrl)
    watch(worker, run)
    return worker
  }

  function watch(worker: Worker, run: number | null): void {
    worker.onerror = (event) => {
      event.preventDefault()
      control?.postMessage({ type: 'worker-failed', run, message: event.message ?? '' } satisfies FrameMessage)
    }
  }
}
