import type { FrameCommand, FrameMessage, PythonPart } from './protocol.ts'
import type { PythonMessage } from './python-harness.ts'

/**
 * The opaque frame's own code: takes one port from the page that embeds it, keeps one fresh worker parked, and seats it at ports
 * of the page, on which its run will come. It never reads what a worker says, so nothing a worker posts can reach the page
 * but on its own seat. Stands before the workers' own code in the frame's page, and gives the function that takes that, so
 * that the first worker starts while the rest of the page is still on its way. Shipped as text.
 */
export function frameScript(): (worker: string, python: string) => void {
  // A worker's code comes by message: its thread starts meanwhile.
  const begin = 'onmessage = ({ data }) => { onmessage = null; (0, eval)(data) }'
  const workerUrl = URL.createObjectURL(new Blob([begin], { type: 'text/javascript' }))
  const sources = { worker: '', python: '' }
  type PythonCommand = Extract<FrameCommand, { type: 'run-python' }>
  type Seat = { readonly number: number; readonly ports: MessagePort[] }
  let control: MessagePort | undefined
  let current: Worker | undefined
  let spare: Worker | undefined
  let seat: Seat | undefined
  let parking: ReturnType<typeof setTimeout> | undefined
  let sparePython: Worker | undefined
  let isPythonWanted = false
  const loads = {
    code: Promise.withResolvers<PythonMessage>(),
    engine: Promise.withResolvers<PythonMessage>(),
    library: Promise.withResolvers<PythonMessage>(),
    memory: Promise.withResolvers<PythonMessage>(),
  }

  // The first worker starts while the page hears that the frame is there.
  spare = new Worker(workerUrl)
  return (worker, python) => {
    Object.assign(sources, { worker, python })
    spare?.postMessage(worker)
    addEventListener('message', connect)
  }

  function connect({ source, ports: [port] }: MessageEvent): void {
    if (source !== parent || port === undefined) return
    removeEventListener('message', connect)
    control = port
    control.onmessage = obey
    tell({ type: 'ready' })
  }

  function obey({ data: command, ports }: MessageEvent<FrameCommand>): void {
    if (command.type === 'load-python') {
      void load(command.part)
      isPythonWanted = true
      if (current === undefined) sparePython ??= spawnPython(null)
      return
    }
    if (command.type === 'seat') {
      offer({ number: command.seat, ports: [...ports] })
      return
    }
    clearTimeout(parking)
    current?.terminate()
    current = undefined
    if (command.type === 'run-python') {
      startPython(command, ports)
      return
    }
    if (command.type === 'kill') {
      park()
      return
    }
    if (spare === undefined) park()
    current = spare
    spare = undefined
    offer({ number: command.next, ports: [...ports] })
    // Not at once: a short run should not share the processor with the making of its successor.
    parking = setTimeout(park, 100)
  }

  /** The interpreter may still be loading: the worker waits for what it lacks, and the program with it. */
  function startPython({ run, job, limits }: PythonCommand, ports: readonly MessagePort[]): void {
    current = sparePython ?? spawnPython(run)
    sparePython = undefined
    watchPython(current, run)
    current.postMessage({ type: 'start', job, limits } satisfies PythonMessage, [...ports])
    // The making of a successor takes a processor for a while, and the program may be short: its end makes one, too.
    parking = setTimeout(park, 5_000)
  }

  function spawnPython(run: number | null): Worker {
    const worker = new Worker(workerUrl)
    watchPython(worker, run)
    worker.postMessage(sources.python)
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
    if (spare === undefined) {
      spare = new Worker(workerUrl)
      spare.postMessage(sources.worker)
      takeSeat(spare)
    }
    if (isPythonWanted) sparePython ??= spawnPython(null)
  }

  function offer(offered: Seat): void {
    seat = offered
    if (spare) takeSeat(spare)
  }

  function takeSeat(worker: Worker): void {
    if (seat === undefined) return
    const { number, ports } = seat
    seat = undefined
    worker.onerror = (event) => {
      event.preventDefault()
      tell({ type: 'worker-failed', seat: number, message: event.message ?? '' })
    }
    worker.postMessage(null, ports)
  }

  function watchPython(worker: Worker, run: number | null): void {
    worker.onerror = (event) => {
      event.preventDefault()
      tell({ type: 'python-worker-failed', run, message: event.message ?? '' })
    }
  }

  function tell(message: FrameMessage): void {
    control?.postMessage(message)
  }
}
