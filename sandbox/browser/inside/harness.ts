import type { createConsole } from './console.ts'
import type { createInspect } from './inspect.ts'
import type { explainMissing } from './missing.ts'
import type { trackPendingWork } from './pending-work.ts'
import type { WorkerMessage } from './protocol.ts'

export type Parts = {
  createConsole: typeof createConsole
  createInspect: typeof createInspect
  explainMissing: typeof explainMissing
  trackPendingWork: typeof trackPendingWork
}

/**
 * The worker's own code. It waits for one start message, then runs that one snippet; a worker is never used twice.
 * User code shares this realm, so the run's port lives in this closure only, is never listened on, and is posted to
 * through functions taken before user code could change them. Shipped as text.
 */
export function harness(scope: typeof globalThis, parts: Parts): void {
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
  const AsyncFunction: FunctionConstructor = Object.getPrototypeOf(async () => undefined).constructor
  const mainName = 'sandbox:///main.js'
  const bodyName = 'sandbox:///body.js'
  let mainUrl = '\0'

  scope.addEventListener('message', start, { once: true })

  function start(event: MessageEvent): void {
    const [port] = event.ports
    if (port === undefined) return
    event.stopImmediatePropagation()
    run(port, event.data.code, event.data.limits.outputBytes)
  }

  function run(port: MessagePort, code: string, outputBytes: number): void {
    let isOver = false
    const send = (message: WorkerMessage) => void apply(post, port, [message])
    const output = createOutput(send, outputBytes, () => isOver)
    const inspect = parts.createInspect(cleanStack)

    const finish = (message: WorkerMessage) => {
      if (isOver) return
      output.flush()
      if (isOver) return
      isOver = true
      send(message)
    }
    const fail = (thrown: unknown) => finish(describe(thrown, inspect))

    output.onLimit = () => {
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
    const value = parts.createConsole(output.write, inspect, now)
    Object.defineProperty(scope, 'console', { value, writable: true, configurable: true })

    evaluate(code).then((module) => {
      const shown = Object.hasOwn(module, 'default') ? inspect(module.default) : null
      work.whenIdle(() => finish({ type: 'completed', value: shown }))
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

  type Output = { write(stream: 'stdout' | 'stderr', text: string): void; flush(): void; onLimit: () => void }

  /** Gathers text so that a flood costs the page few messages; the first words of a quiet program go out at once. */
  function createOutput(send: (message: WorkerMessage) => void, limit: number, isOver: () => boolean): Output {
    let left = limit
    let stream: 'stdout' | 'stderr' = 'stdout'
    let held = ''
    let sentAt = -1000
    let isFlushDue = false

    const flush = () => {
      if (held === '') return
      const text = held
      held = ''
      sentAt = now()
      send({ type: 'output', stream, text })
    }
    const output: Output = {
      onLimit: () => undefined,
      flush,
      write(to, text) {
        if (isOver()) return
        if (to !== stream) flush()
        stream = to
        const fits = cut(text, left)
        left -= fits.bytes
        held += fits.text
        if (fits.isCut) {
          flush()
          output.onLimit()
          return
        }
        if (held.length > 16_384 || now() - sentAt > 16) flush()
        else if (!isFlushDue) {
          isFlushDue = true
          apply(later, scope, [
            () => {
              isFlushDue = false
              if (!isOver()) flush()
            },
            0,
          ])
        }
      },
    }
    return output
  }

  /** As much of the text as fits into so many bytes; a character is never torn. */
  function cut(text: string, bytes: number): { text: string; bytes: number; isCut: boolean } {
    const head = text.length > bytes ? text.slice(0, bytes) : text
    const encoded = apply(encode, encoder, [head])
    if (encoded.length <= bytes) return { text: head, bytes: encoded.length, isCut: head.length < text.length }
    const whole = new TextDecoder().decode(encoded.subarray(0, bytes)).replace(/\uFFFD+$/, '')
    return { text: whole, bytes, isCut: true }
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
