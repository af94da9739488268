import type { createConsole } from '../../browser/inside/console.ts'
import type { createFormat } from '../../browser/inside/format.ts'
import type { createInspect } from '../../browser/inside/inspect.ts'

export type Prelude = {
  /** Milliseconds until the next timer is due; below zero when there is none. */
  nextTimer(): number
  runTimer(): void
  /** JSON of name, message and stack of what was thrown. */
  describe(thrown: unknown): string
  show(value: unknown): string
}

type Parts = {
  createConsole: typeof createConsole
  createFormat: typeof createFormat
  createInspect: typeof createInspect
}
type Host = { write(stream: 'stdout' | 'stderr', text: string): void; now(): number }

/**
 * What a program finds before it begins: a console, timers, and words for what is not there. Runs inside the engine and is
 * shipped there as text, so it may refer to nothing outside itself.
 */
export function prelude(scope: typeof globalThis, parts: Parts, host: Host): Prelude {
  const inspect = parts.createInspect((stack) => stack)
  type Timer = { at: number; every: number | null; run: () => void }
  const timers = new Map<number, Timer>()
  let nextId = 1

  const begin = (name: string, callback: unknown, delay: unknown, args: unknown[], repeats: boolean) => {
    if (typeof callback !== 'function') throw new TypeError(`The first argument of ${name} must be a function`)
    const ms = Math.max(1, Number(delay) || 0)
    timers.set(nextId, { at: host.now() + ms, every: repeats ? ms : null, run: () => callback(...args) })
    return nextId++
  }
  const end = (id: unknown) => {
    if (typeof id === 'number') timers.delete(id)
  }
  const first = () => {
    let found: [number, Timer] | undefined
    for (const entry of timers) if (found === undefined || entry[1].at < found[1].at) found = entry
    return found
  }
  const globals: Record<string, unknown> = {
    console: parts.createConsole(host.write, inspect, parts.createFormat(inspect), host.now),
    performance: { now: host.now },
    setTimeout: (callback: unknown, delay?: unknown, ...args: unknown[]) =>
      begin('setTimeout', callback, delay, args, false),
    setInterval: (callback: unknown, delay?: unknown, ...args: unknown[]) =>
      begin('setInterval', callback, delay, args, true),
    setImmediate: (callback: unknown, ...args: unknown[]) => begin('setImmediate', callback, 0, args, false),
    clearTimeout: end,
    clearInterval: end,
    clearImmediate: end,
  }
  const missing: Record<string, string> = {
    fetch: 'it has no network',
    XMLHttpRequest: 'it has no network',
    WebSocket: 'it has no network',
    EventSource: 'it has no network',
    Worker: 'it runs in a single thread',
    require: 'use import for your own files',
    structuredClone: 'it is a small engine of the language alone',
  }
  for (const [name, why] of Object.entries(missing)) {
    // A function, not an arrow: `new WebSocket(…)` must reach the sentence too.
    globals[name] = function refuse(): never {
      throw new Error(`${name} is not available in this sandbox: ${why}`)
    }
  }
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(scope, name, { value, writable: true, configurable: true, enumerable: false })
  }

  return {
    nextTimer() {
      const found = first()
      return found === undefined ? -1 : Math.max(0, found[1].at - host.now())
    },
    runTimer() {
      const found = first()
      if (found === undefined) return
      const [id, timer] = found
      if (timer.every === null) timers.delete(id)
      else timer.at = host.now() + timer.every
      timer.run()
    },
    show: (value) => inspect(value),
    describe(thrown) {
      try {
        if (thrown instanceof Error) {
          const stack = typeof thrown.stack === 'string' ? thrown.stack : ''
          return JSON.stringify({ name: String(thrown.name), message: String(thrown.message), stack })
        }
      } catch {
        // A thrown object with hostile getters is shown like any other value.
      }
      return JSON.stringify({ name: 'Uncaught', message: inspect(thrown), stack: '' })
    },
  }
}
