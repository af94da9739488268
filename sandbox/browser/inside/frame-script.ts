import type { FrameCommand, FrameMessage, PythonParts, StartMessage } from './protocol.ts'
import type { PythonMessage } from './python-harness.ts'

/**
 * The opaque frame's own code: takes one port from the page that embeds it, keeps one fresh worker parked and hands it the
 * next run. It never reads what a worker says, so nothing a worker posts can reach the page. Shipped as text.
 */
export function frameScript(workerSource: string, pythonSource: string): void {
  const workerUrl = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }))
  type PythonCommand = Extract<FrameCommand, { type: 'run-python' }>
  let control: MessagePort | undefined
  let runNow = -1
  let current: Worker | undefined
  let spare: Worker | undefined
  let parking: ReturnType<typeof setTimeout> | undefined
  const pythonUrl = URL.createObjectURL(new Blob([pythonSource], { type: 'text/javascript' }))
  let python: Promise<Extract<PythonMessage, { type: 'load' }>> | undefined
  let sparePython: Promise<Worker> | undefined

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
    if (command.data.type === 'load-python') {
      python = compiled(command.data.parts)
      python.catch((error) => fail(null, `Python could not be compiled: ${error}`))
      sparePython = spawnPython(null)
      return
    }
    clearTimeout(parking)
    current?.terminate()
    current = undefined
    runNow = -1
    const [port, questions] = command.ports
    if (command.data.type === 'run-python' && port !== undefined) {
      void startPython(command.data, port)
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

  /** The interpreter may still be loading; a run that was ended meanwhile takes none. */
  async function startPython({ run, job, limits }: PythonCommand, port: MessagePort): Promise<void> {
    runNow = run
    const worker = await (sparePython ?? spawnPython(run))
    if (runNow !== run) return
    sparePython = undefined
    current = worker
    watch(worker, run)
    worker.postMessage({ type: 'start', job, limits } satisfies PythonMessage, [port])
    parking = setTimeout(park, 100)
  }

  async function spawnPython(run: number | null): Promise<Worker> {
    const worker = new Worker(pythonUrl)
    watch(worker, run)
    if (python !== undefined) worker.postMessage(await python)
    return worker
  }

  /** Compiled once; workers of this frame share it. */
  async function compiled({ wasm, ...parts }: PythonParts): Promise<Extract<PythonMessage, { type: 'load' }>> {
    return { type: 'load', parts, wasm: await WebAssembly.compile(wasm) }
  }

  function park(): void {
    spare ??= spawn(null)
    if (python !== undefined) sparePython ??= spawnPython(null)
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
