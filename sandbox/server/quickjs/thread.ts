import { parentPort, workerData } from 'node:worker_threads'
import { type EngineJob, loadEngine, runProgram } from './engine.ts'

/** The thread one program runs in. It is told one job, says what the program says, and is thrown away. */

type Given = {
  readonly memoryBytes: number
  readonly outputBytes: number
  readonly wasm: WebAssembly.Module
  readonly stop: Int32Array<SharedArrayBuffer>
}
const { memoryBytes, outputBytes, wasm, stop }: Given = workerData

const port = parentPort
if (!port) throw new Error('this is the body of a thread')
const loading = loadEngine(wasm, memoryBytes)
// A program may begin while the engine still loads, and never before.
port.once('message', async (job: EngineJob) => {
  const engine = await loading
  const output = createOutput()
  const outcome = await runProgram(engine, job, {
    write: output.write,
    idle: output.flush,
    tick() {
      output.flushWhenDue()
      return Atomics.load(stop, 0) === 1
    },
  })
  output.flush()
  port.postMessage({ type: 'over', outcome })
  port.close()
})

/** Gathers words, so that a flood costs few messages; the first of a quiet program go out at once. */
function createOutput() {
  let stream: 'stdout' | 'stderr' = 'stdout'
  let held = ''
  let sentAt = -1_000
  // Whoever listens ends the program at its limit; what comes meanwhile must not pile up.
  let room = outputBytes + 1

  const flush = () => {
    if (held === '') return
    port?.postMessage({ type: 'output', stream, text: held })
    held = ''
    sentAt = performance.now()
  }
  const flushWhenDue = () => {
    if (held.length > 16_384 || performance.now() - sentAt > 16) flush()
  }
  return {
    flush,
    flushWhenDue,
    write(to: 'stdout' | 'stderr', text: string) {
      if (room <= 0) return
      if (to !== stream) flush()
      stream = to
      held += text
      room -= Buffer.byteLength(text)
      if (room <= 0) flush()
      flushWhenDue()
    },
  }
}
