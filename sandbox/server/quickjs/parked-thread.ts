import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PassThrough, Writable } from 'node:stream'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import type { Limits } from '../../sandbox.ts'
import { type Job, jobReader } from '../job.ts'
import type { Closed, Parked } from '../parked.ts'

const Place = z.object({ file: z.string(), line: z.int(), column: z.int() })
const RunError = z.object({ name: z.string(), message: z.string(), stack: z.string(), at: Place.nullable() })
const Message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('output'), stream: z.enum(['stdout', 'stderr']), text: z.string() }),
  z.object({
    type: z.literal('over'),
    outcome: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('completed'), value: z.string().nullable() }),
      z.object({ kind: z.literal('failed'), phase: z.enum(['compile', 'run']), error: RunError }),
      z.object({ kind: z.literal('out-of-memory'), detail: z.string() }),
    ]),
  }),
])
/** So long may it take to send what it has to say. */
const graceMs = 10

type Over = Extract<z.infer<typeof Message>, { type: 'over' }>['outcome']

/** As a confined process is, but a thread: it takes one job on its standard input and reports as the runners do. */
export function parkThread({ memoryBytes, outputBytes }: Limits): Parked {
  const stop = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData: { memoryBytes, outputBytes, wasm: engineCode(), stop },
    ...{
      env: {},
      argv: [],
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdin: true,
      stdout: true,
      stderr: true,
    },
  })
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const { promise, resolve } = Promise.withResolvers<Closed>()
  let nonce = ''
  let over: Over | undefined
  let isEnded = false

  const finish = () => {
    if (over && over.kind !== 'out-of-memory' && !isEnded) stderr.write(reportOf(over, nonce))
    stdout.end()
    stderr.end()
    const limitsMet = over?.kind === 'out-of-memory' ? (['memory'] as const) : []
    // As V8 does that gives up: no report, and a code that says why.
    const code = over === undefined ? null : over.kind === 'out-of-memory' ? 134 : over.kind === 'failed' ? 1 : 0
    resolve({ code, signal: isEnded ? 'SIGKILL' : null, limitsMet })
  }
  const take = (job: Job) => {
    nonce = job.nonce
    const files = Object.entries(job.files).map(
      ([path, base64]) => [path, Buffer.from(base64, 'base64').toString()] as const,
    )
    worker.postMessage({ entry: job.entry, files: new Map(files) })
  }
  worker.on('message', (message) => {
    const told = Message.parse(message)
    if (told.type === 'over') over = told.outcome
    else (told.stream === 'stdout' ? stdout : stderr).write(told.text)
  })
  // A thread that fails by itself has run out of memory: nothing of the program runs in it but the engine.
  worker.once('error', (error) => (over ??= { kind: 'out-of-memory', detail: String(error) }))
  worker.once('exit', finish)
  worker.unref()

  const read = jobReader(take)
  const stdin = new Writable({
    write(bytes, _encoding, done) {
      worker.ref()
      read(bytes)
      done()
    },
  })
  return {
    child: { stdin, stdout, stderr },
    closed: promise,
    end() {
      if (isEnded) return
      // Asked first, so that its last words arrive; a moment later it is ended whatever it does.
      isEnded = true
      Atomics.store(stop, 0, 1)
      setTimeout(() => void worker.terminate(), graceMs)
    },
  }
}

function reportOf(over: Exclude<Over, { kind: 'out-of-memory' }>, nonce: string): string {
  const said =
    over.kind === 'failed'
      ? { value: null, phase: over.phase, error: over.error }
      : { value: over.value, phase: 'run', error: null }
  return `\0${nonce}${JSON.stringify({ ...said, files: {}, removed: [], isWhole: true })}\0`
}

let compiled: WebAssembly.Module | undefined

/** Compiled once, for all threads. */
function engineCode(): WebAssembly.Module {
  const { resolve } = createRequire(import.meta.url)
  compiled ??= new WebAssembly.Module(readFileSync(resolve('@jitl/quickjs-wasmfile-release-sync/wasm')))
  return compiled
}
