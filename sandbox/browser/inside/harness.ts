import type { createConsole } from './console.ts'
import type { createFileNews } from './files.ts'
import type { createFormat } from './format.ts'
import type { createInspect } from './inspect.ts'
import type { explainMissing } from './missing.ts'
import type { Builtins, createBuiltins, NodeParts } from './node/builtins.ts'
import type { createServing } from './node/serving.ts'
import type { createOutput, Output } from './output.ts'
import type { trackPendingWork } from './pending-work.ts'
import type { StartMessage, WorkerMessage } from './protocol.ts'

export type Parts = {
  createConsole: typeof createConsole
  createFileNews: typeof createFileNews
  createFormat: typeof createFormat
  createInspect: typeof createInspect
  createOutput: typeof createOutput
  createServing: typeof createServing
  explainMissing: typeof explainMissing
  trackPendingWork: typeof trackPendingWork
}

/** What of Node there is: its globals by name, where compiled code finds our modules, and the rest as text, for who asks. */
export type NodeKnown = {
  readonly key: string
  readonly globals: readonly string[]
  /** Of a `NodeShims`. */
  readonly shims: string
}

export type NodeShims = {
  readonly parts: NodeParts & { readonly createBuiltins: typeof createBuiltins }
  /** The names of the functions that Node's own modules have. */
  readonly known: Readonly<Record<string, readonly string[]>>
}

/**
 * The worker's own code. It waits for its seat and there for one start message, then runs that one snippet; a worker is
 * never used twice. User code shares this realm, so the run's port lives in this closure only, is listened on no more once
 * user code is there, and is posted to through functions taken before user code could change them. Shipped as text.
 */
export function harness(scope: typeof globalThis, parts: Parts, known: NodeKnown): void {
  const { apply } = Reflect
  const post = MessagePort.prototype.postMessage
  const encoder = new TextEncoder()
  const encode = TextEncoder.prototype.encode
  const clock = performance
  const clockNow = Performance.prototype.now
  const { setTimeout: later, clearTimeout: cancel, eval: read } = scope
  const makeUrl = URL.createObjectURL
  const ownUrl = scope.location.href
  const now = () => apply(clockNow, clock, [])
  const soon = (call: () => void) => void apply(later, scope, [call, 0])
  const AsyncFunction: FunctionConstructor = Object.getPrototypeOf(async () => undefined).constructor
  const mainName = 'sandbox:///main.js'
  const bodyName = 'sandbox:///body.js'
  let mainUrl = '\0'

  // All that does not hang on the program is made while the worker waits for it.
  const inspect = parts.createInspect(cleanStack)
  const format = parts.createFormat(inspect)
  const files = new Map<string, Uint8Array>()
  const given = { stdin: '', fileBytes: 0 }
  let output: Output | undefined
  let tell: Telling | undefined
  const work = parts.trackPendingWork(scope)
  parts.explainMissing(scope)
  const serving = parts.createServing({
    fail: (error) => tell?.fail(error),
    hold: work.hold,
    answer: (id, answered) => tell?.send({ type: 'answered', id, answered }),
    tellOpen: (port, isOpen) => tell?.send({ type: 'listening', port, isOpen }),
  })
  const write: Output['write'] = (stream, text) => output?.write(stream, text)
  const console = parts.createConsole(write, inspect, format, now)
  Object.defineProperty(scope, 'console', { value: console, writable: true, configurable: true })

  // What stands in for Node takes as long to read and make as many a program to run: only for who asks, or while nobody waits.
  let made: Builtins | undefined
  let entry = ''
  const node = (): Builtins => {
    if (made) return made
    const shims: NodeShims = apply(read, scope, [known.shims])
    made = shims.parts.createBuiltins({
      ...{ scope, parts: shims.parts, inspect, format, files, now, write, given, known: shims.known },
      ...{ serve: serving.serve, changed: (path) => tell?.changed(path), exit: (code) => tell?.leave(code) },
    })
    made.begin(entry)
    return made
  }
  for (const name of known.globals) {
    const settle = (value: unknown) =>
      void Object.defineProperty(scope, name, { value, writable: true, configurable: true })
    const find = () => {
      const value = Reflect.get(node().globals, name)
      settle(value)
      return value
    }
    Object.defineProperty(scope, name, { get: find, set: settle, configurable: true })
  }
  Object.defineProperty(scope, Symbol.for(known.key), { value: (name: string) => Reflect.get(node().modules, name) })

  scope.addEventListener('error', (failure) => {
    if (tell === undefined) return
    failure.preventDefault()
    tell.fail(failure.error ?? new Error(failure.message))
  })
  scope.addEventListener('unhandledrejection', (failure) => {
    if (tell === undefined) return
    failure.preventDefault()
    tell.fail(failure.reason)
  })
  scope.addEventListener('message', sit, { once: true })
  let rehearsal: Promise<void> | undefined
  const parked = apply(later, scope, [
    () => {
      node()
      rehearsal = rehearse()
    },
    4,
  ])

  type Telling = {
    send(message: WorkerMessage): void
    fail(thrown: unknown): void
    changed(path: string): void
    leave(exitCode: number): void
  }

  function sit(event: MessageEvent): void {
    const [port, questions] = event.ports
    if (port === undefined || questions === undefined) return
    port.onmessage = ({ data }: MessageEvent<StartMessage>) => {
      port.onmessage = null
      apply(cancel, scope, [parked])
      const start = () => {
        serving.listen(questions)
        run(data, (message) => void apply(post, port, [message]))
      }
      if (rehearsal) void rehearsal.then(start)
      else start()
    }
  }

  /** Our own code is read when it first runs: let that be while nobody waits, by a program that does what most do. */
  async function rehearse(): Promise<void> {
    const { port1, port2 } = new MessageChannel()
    const over = Promise.withResolvers<void>()
    const job = { code: `console.log('', 0, [true], { a: null })`, entry: '', files: new Map(), stdin: '' }
    run({ job, limits: { outputBytes: 1_000, fileBytes: 0 } }, (message) => {
      apply(post, port1, [message])
      if (message.type !== 'output') over.resolve()
    })
    await over.promise
    for (const port of [port1, port2]) port.close()
    tell = undefined
    output = undefined
    rehearsal = undefined
  }

  function run({ job, limits }: StartMessage, send: (message: WorkerMessage) => void): void {
    let isOver = false
    const clockwork = { now, soon, encode: (text: string) => apply(encode, encoder, [text]) }
    const said = parts.createOutput(clockwork, send, limits.outputBytes, () => isOver)
    for (const [path, bytes] of job.files) files.set(path, bytes)
    const news = parts.createFileNews(clockwork, send, files, () => isOver)
    Object.assign(given, { stdin: job.stdin, fileBytes: limits.fileBytes })
    entry = job.entry
    made?.begin(entry)
    output = said

    const finish = (message: WorkerMessage) => {
      if (isOver) return
      news.flush()
      said.flush()
      if (isOver) return
      isOver = true
      send(message)
    }
    const fail = (thrown: unknown) => finish(describe(thrown, inspect))
    const leave = (exitCode: number) => {
      made?.process.emit('exit', exitCode)
      finish({ type: 'exited', exitCode })
    }
    tell = { fail, leave, changed: news.changed, send: (message) => void (isOver || send(message)) }

    said.onLimit = () => {
      news.flush()
      isOver = true
      send({ type: 'output-limit' })
    }
    evaluate(job.code).then((module) => {
      const exported = Object.hasOwn(module, 'default') ? module.default : undefined
      const handler = serving.handlerOf(exported, (listener) => node().handlerOf(listener))
      if (handler) serving.serve(0, handler)
      work.whenIdle(() => {
        const exitCode = Number(made?.process.exitCode ?? 0)
        if (exitCode !== 0) return leave(exitCode)
        made?.process.emit('exit', 0)
        finish({ type: 'completed', value: Object.hasOwn(module, 'default') ? inspect(exported) : null })
      })
    }, fail)
  }

  /** A module where the code needs one; else the body of an async function, which starts in a tenth of the time. */
  async function evaluate(code: string): Promise<Record<string, unknown>> {
    if (/\b(?:import|export)\b/.test(code)) {
      mainUrl = apply(makeUrl, URL, [new Blob([code], { type: 'text/javascript' })])
      return await import(mainUrl)
    }
    await new AsyncFunction(`"use strict";\n${code}\n//# sourceURL=${bodyName}`)()
    return {}
  }

  function describe(thrown: unknown, inspect: (value: unknown) => string): WorkerMessage {
    try {
      if (thrown instanceof Error) {
        const stack = typeof thrown.stack === 'string' ? cleanStack(thrown.stack) : ''
        return { type: 'failed', name: String(thrown.name), message: String(thrown.message), stack }
      }
    } catch {
      // A thrown object with hostile getters is shown like any other value.
    }
    return { type: 'failed', name: 'Uncaught', message: inspect(thrown), stack: '' }
  }

  function cleanStack(stack: string): string {
    const lines = stack.split('\n').filter((line) => !line.includes(ownUrl))
    const named = lines.join('\n').replaceAll(mainUrl, mainName)
    return named.replace(/(?:async )?(?:eval|anonymous) \((sandbox:\/\/\/body\.js:\d+:\d+)\)/g, '$1')
  }
}
