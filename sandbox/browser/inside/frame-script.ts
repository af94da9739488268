import type { FrameCommand, FrameMessage, PythonPart, StartMessage } from './protocol.ts'
import type { PythonMessage } from './python-harness.ts'

/**
 * The opaque frame's own code: takes one port from the page that embeds it, keeps one fresh worker parked and hands it the
 * next run. It never reads what a worker says, so nothing a worker posts can reach the page. Shipped as text.
 */
export function frameScript(workerSource: string, pythonSource: string): void {
  const addressOf = (source: string) => URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
  const workerUrl = addressOf(workerSource)
  type PythonCommand = Extract<FrameCommand, { type: 'run-python' }>
  let control: MessagePort | undefined
  let current: Worker | undefined
  let spare: Worker | undefined
  let parking: ReturnType<typeof setTimeout> | undefined
  let pythonUrl: string | undefined
  let sparePython: Worker | undefined
  let isPythonWanted = false
  const loads = {
    code: Promise.withResolvers<PythonMessage>(),
    engine: Promise.withResolvers<PythonMessage>(),
    memory: Promise.withResolvers<PythonMessage>(),
  }

  // The first worker starts while the page hears that the frame is there.
  park()

  addEventListener('message', function connect(event) {
    const [port] = event.ports
    if (event.source !== parent || port === undefined) return
    removeEventListener('message', connect)
    control = port
    port.onmessage = (command) => obey(command)
    port.postMessage({ type: 'ready' } satisfies FrameMessage)
  })

  function obey(command: MessageEvent): void {
    if (command.data.type === 'load-python') {
      void load(command.data.part)
      isPythonWanted = true
      if (current === undefined) sparePython ??= spawnPython(null)
      return
    }
    clearTimeout(parking)
    current?.terminate()
    current = undefined
    const [port, questions] = command.ports
    if (command.data.type === 'run-python' && port !== undefined) {
      startPython(command.data, port)
      return
    }
    if (command.data.type !== 'run' || port === undefined || questions === undefined) {
      park()
      return
    }
    const { run, job, limits } = command.data
    current = spare ?? spawn(run)
    spare = undefined
    watch(current, run)
    current.postMessage({ type: 'start', job, limits } satisfies StartMessage, [port, questions])
    // Not at once: a short run should not share the processor with the making of its successor.
    parking = setTimeout(park, 100)
  }

  /** The interpreter may still be loading: the worker waits for what it lacks, and the program with it. */
  function startPython({ run, job, limits }: PythonCommand, port: MessagePort): void {
    current = sparePython ?? spawnPython(run)
    sparePython = undefined
    watch(current, run)
    current.postMessage({ type: 'start', job, limits } satisfies PythonMessage, [port])
    // The making of a successor takes a processor for a while, and the program may be short: its end makes one, too.
    parking = setTimeout(park, 5_000)
  }

  function spawnPython(run: number | null): Worker {
    pythonUrl ??= addressOf(pythonSource)
    const worker = new Worker(pythonUrl)
    watch(worker, run)
    for (const { promise } of Object.values(loads)) void promise.then((part) => worker.postMessage(part))
    return worker
  }

  /** The engine is compiled once; workers of this frame share it. */
  async function load(part: PythonPart): Promise<void> {
    if (part.name !== 'engine') return loads[part.name].resolve({ type: 'load', part })
    const streamed = new Response(part.wasm, { headers: { 'Content-Type': 'application/wasm' } })
    const module = await WebAssembly.compileStreaming(streamed).catch(() => null)
    loads.engine.resolve({ type: 'engine', module })
  }

  function park(): void {
    spare ??= spawn(null)
    if (isPythonWanted) sparePython ??= spawnPython(null)
  }

  function spawn(run: number | null): Worker {
    const worker = new Worker(workerUrl)
    watch(worker, run)
    return worker
  }

  function watch(worker: Worker, run: number | null): void {
    worker.onerror = (event) => {
      event.preventDefault()
      fail(run, event.message ?? '')
    }
  }

  function fail(run: number | null, message: string): void {
    control?.postMessage({ type: 'worker-failed', run, message } satisfies FrameMessage)
  }
}
