import type { createConsole } from './console.ts'
import type { createFileNews } from './files.ts'
import type { createFormat } from './format.ts'
import type { createInspect } from './inspect.ts'
import type { explainMissing } from './missing.ts'
import type { createBuiltins, NodeParts } from './node/builtins.ts'
import type { createServing } from './node/serving.ts'
import type { createOutput } from './output.ts'
import type { trackPendingWork } from './pending-work.ts'
import type { StartMessage, WorkerMessage } from './protocol.ts'

export type Parts = NodeParts & {
  createBuiltins: typeof createBuiltins
  createConsole: typeof createConsole
  createFileNews: typeof createFileNews
  createFormat: typeof createFormat
  createInspect: typeof createInspect
  createOutput: typeof createOutput
  createServing: typeof createServing
  explainMissing: typeof explainMissing
  trackPendingWork: typeof trackPendingWork
}

/** What of Node there is, by name: which functions its modules have, and where compiled code finds our own. */
export type NodeKnown = { readonly key: string; readonly functions: Readonly<Record<string, readonly string[]>> }

/**
 * The worker's own code. It waits for one start message, then runs that one snippet; a worker is never used twice.
 * User code shares this realm, so the run's port lives in this closure only, is never listened on, and is posted to
 * through functions taken before user code could change them. Shipped as text.
 */
export function harness(scope: typeof globalThis, parts: Parts, known: NodeKnown): void {
  const { apply } = Reflect
  const post = MessagePort.prototype.postMessage
  const encoder = new TextEncoder()
  const encode = TextEncoder.prototype.encode
  const clock = performance
  const clockNow = Performance.prototype.now
  const { setTimeout: later } = scope
  const makeUrl = URL.createObjectURL
  const ownUrl = scope.location.href
  const now = () => apply(clockNow, clock, [])
  const soon = (call: () => void) => void apply(later, scope, [call, 0])
  const AsyncFunction: FunctionConstructor = Object.getPrototypeOf(async () => undefined).constructor
  const mainName = 'sandbox:///main.js'
  const bodyName = 'sandbox:///body.js'
  let mainUrl = '\0'

  scope.addEventListener('message', start, { once: true })

  function start(event: MessageEvent<StartMessage>): void {
    const [port, questions] = event.ports
    if (port === undefined || questions === undefined) return
    event.stopImmediatePropagation()
    run(port, questions, event.data)
  }

  function run(port: MessagePort, questions: MessagePort, { job, limits }: StartMessage): void {
    let isOver = false
    const send = (message: WorkerMessage) => void apply(post, port, [message])
    const clockwork = { now, soon, encode: (text: string) => apply(encode, encoder, [text]) }
    const output = parts.createOutput(clockwork, send, limits.outputBytes, () => isOver)
    const inspect = parts.createInspect(cleanStack)
    const format = parts.createFormat(inspect)
    const files = new Map(job.files)
    const news = parts.createFileNews(clockwork, send, files, () => isOver)

    const finish = (message: WorkerMessage) => {
      if (isOver) return
      news.flush()
      output.flush()
      if (isOver) return
      isOver = true
      send(message)
    }
    const fail = (thrown: unknown) => finish(describe(thrown, inspect))

    output.onLimit = () => {
      news.flush()
      isOver = true
      send({ type: 'output-limit' })
    }
    scope.addEventListener('error', (failure) => {
      failure.preventDefault()
      fail(failure.error ?? new Error(failure.message))
    })
    scope.addEventListener('unhandledrejection', (failure) => {
      failure.preventDefault()
      fail(failure.reason)
    })

    const work = parts.trackPendingWork(scope)
    parts.explainMissing(scope)
    const serving = parts.createServing({
      ...{ questions, fail, hold: work.hold },
      answer: (id, answered) => void (isOver || send({ type: 'answered', id, answered })),
      tellOpen: (opened, isOpen) => void (isOver || send({ type: 'listening', port: opened, isOpen })),
    })
    const node = parts.createBuiltins({
      ...{ scope, parts, inspect, format, files, now, known: known.functions },
      ...{ entry: job.entry, stdin: job.stdin, fileBytes: limits.fileBytes },
      ...{ changed: news.changed, write: output.write, serve: serving.serve, exit: leave },
    })
    const globals = { console: parts.createConsole(output.write, inspect, format, now), ...node.globals }
    for (const [name, value] of Object.entries(globals)) {
      Object.defineProperty(scope, name, { value, writable: true, configurable: true })
    }
    Object.defineProperty(scope, Symbol.for(known.key), { value: (name: string) => Reflect.get(node.modules, name) })

    function leave(exitCode: number): void {
      node.process.emit('exit', exitCode)
      finish({ type: 'exited', exitCode })
    }

    evaluate(job.code).then((module) => {
      const exported = Object.hasOwn(module, 'default') ? module.default : undefined
      const handler = serving.handlerOf(exported, node.handlerOf)
      if (handler) serving.serve(0, handler)
      work.whenIdle(() => {
        const exitCode = Number(node.process.exitCode ?? 0)
        if (exitCode !== 0) return leave(exitCode)
        node.process.emit('exit', 0)
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
    await new AsyncFunction(`"use strict"\n${code}\n//# sourceURL=${bodyName}`)()
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
