import type { Format } from '../format.ts'
import type { Inspect } from '../inspect.ts'
import type { createAssert } from './assert.ts'
import type { createBuffer } from './buffer.ts'
import type { createCrypto } from './crypto.ts'
import type { createEvents } from './events.ts'
import type { createFileSystem } from './file-system.ts'
import type { createHttp, Handler, Http } from './http.ts'
import type { ShimGlobal, ShimName } from './names.ts'
import type { createPaths } from './paths.ts'
import type { createProcess, NodeProcess } from './process.ts'
import type { createSame } from './same.ts'

export type NodeParts = {
  createAssert: typeof createAssert
  createBuffer: typeof createBuffer
  createCrypto: typeof createCrypto
  createEvents: typeof createEvents
  createFileSystem: typeof createFileSystem
  createHttp: typeof createHttp
  createPaths: typeof createPaths
  createProcess: typeof createProcess
  createSame: typeof createSame
}

export type Around = {
  readonly scope: typeof globalThis
  readonly parts: NodeParts
  /** Which functions each module has in Node; those that are not here are refused by their name. */
  readonly known: Readonly<Record<string, readonly string[]>>
  readonly inspect: Inspect
  readonly format: Format
  /** Filled when the program begins, as what is given to it. */
  readonly files: Map<string, Uint8Array>
  readonly given: { readonly stdin: string; readonly fileBytes: number }
  readonly changed: (path: string) => void
  readonly write: (stream: 'stdout' | 'stderr', text: string) => void
  readonly exit: (code: number) => void
  readonly now: () => number
  readonly serve: (port: number, handler: Handler) => { port: number; close(): void }
}

export type Builtins = Pick<Http, 'handlerOf'> & {
  readonly modules: Readonly<Record<ShimName, object>>
  readonly globals: Readonly<Record<ShimGlobal, unknown>>
  readonly process: NodeProcess
  /** Tells the program what it is called. */
  begin(entry: string): void
}

/** The small stand-ins for Node's modules, together, and the three that are also globals. Shipped as text. */
export function createBuiltins(around: Around): Builtins {
  const { scope, parts, known, inspect, format, given, now } = around
  const root = '/project'
  const paths = parts.createPaths(() => root)
  const buffers = parts.createBuffer()
  const Emitter = parts.createEvents()
  const same = parts.createSame()
  const process = parts.createProcess({
    ...{ Emitter, cwd: root, given, now, write: around.write, exit: around.exit },
    encode: (text) => buffers.from(text),
  })
  const { fs, promises } = parts.createFileSystem({
    ...{ files: around.files, root, given, paths, buffers, changed: around.changed },
  })
  const { http, handlerOf } = parts.createHttp({ Emitter, buffers, serve: around.serve })
  const { assert, strict } = parts.createAssert(inspect, same)

  const promisify = (call: unknown) => {
    if (typeof call !== 'function') throw new TypeError('The "original" argument must be of type function.')
    if (call === timers.setTimeout) return timerPromises.setTimeout
    return (...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const done = (error: unknown, value: unknown) => (error ? reject(error) : resolve(value))
        Reflect.apply(call, undefined, [...args, done])
      })
  }
  const callbackify = (call: (...args: unknown[]) => Promise<unknown>) => {
    return (...args: unknown[]) => {
      const done = args.pop()
      if (typeof done !== 'function') throw new TypeError('The last argument must be of type Function.')
      call(...args).then(
        (value) => done(null, value),
        (error) => done(error),
      )
    }
  }
  const util = {
    ...{ promisify, callbackify, TextDecoder, TextEncoder },
    inspect: (value: unknown, options?: { depth?: number | null }) =>
      inspect(value, options?.depth === null ? Number.POSITIVE_INFINITY : options?.depth),
    format: (...args: unknown[]) => format(args),
    isDeepStrictEqual: (one: unknown, other: unknown) => same.isSame(one, other, true),
    deprecate: (call: unknown) => call,
    inherits: (child: { prototype: object }, parent: { prototype: object }) =>
      void Object.setPrototypeOf(child.prototype, parent.prototype),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is the escape character that begins them
    stripVTControlCharacters: (text: string) => text.replace(/\u001b\[[\d;?]*[A-Za-z]/g, ''),
  }

  const aborted = (signal?: AbortSignal) => signal?.reason ?? new Error('The operation was aborted')
  const wait = (delay?: number, value?: unknown, options?: { signal?: AbortSignal }) =>
    new Promise((resolve, reject) => {
      if (options?.signal?.aborted) return reject(aborted(options.signal))
      const timer = scope.setTimeout(() => resolve(value), delay)
      options?.signal?.addEventListener('abort', () => {
        scope.clearTimeout(timer)
        reject(aborted(options.signal))
      })
    })
  const { setTimeout, clearTimeout, setInterval, clearInterval } = scope
  const immediate = Reflect.get(scope, 'setImmediate')
  const clearImmediate = Reflect.get(scope, 'clearImmediate')
  const timerPromises = {
    setTimeout: wait,
    setImmediate: (value?: unknown) => wait(0, value),
    async *setInterval(delay?: number, value?: unknown, options?: { signal?: AbortSignal }) {
      for (;;) yield await wait(delay, value, options)
    },
    scheduler: { wait: (delay?: number) => wait(delay), yield: () => wait(0) },
  }
  const timers = {
    ...{ setTimeout, clearTimeout, setInterval, clearInterval, clearImmediate },
    ...{ setImmediate: immediate, promises: timerPromises },
  }

  const modules: Readonly<Record<ShimName, object>> = {
    ...{ assert, 'assert/strict': strict, events: Emitter, fs, 'fs/promises': promises, http, process, timers, util },
    ...{ path: paths, 'path/posix': paths, 'timers/promises': timerPromises },
    buffer: { Buffer: buffers.Buffer, Blob, File, atob, btoa },
    crypto: parts.createCrypto(scope.crypto, buffers),
    os: {
      ...{ EOL: '\n', tmpdir: () => root, homedir: () => root, platform: () => 'browser', type: () => 'Browser' },
      ...{ arch: () => 'wasm', availableParallelism: () => 1 },
    },
    url: {
      ...{ URL, URLSearchParams },
      fileURLToPath: (url: string | URL) => decodeURIComponent(new URL(url).pathname),
      pathToFileURL: (path: string) => new URL(`file://${encodeURI(paths.resolve(path))}`),
    },
  }
  for (const [name, module] of Object.entries(modules)) refuseMissing(name, module)

  function begin(entry: string): void {
    process.argv[1] = `${root}/${entry}`
  }

  /** Named, and called: code that only looks whether it is there finds a function, as it would in Node. */
  function refuseMissing(module: string, of: object): void {
    for (const name of known[module] ?? []) {
      if (name in of && Reflect.get(of, name) !== undefined) continue
      function refuse(): never {
        const gives = 'WebContainers and run_code on the server have the whole of Node'
        throw new Error(
          `${module}.${name} is not available in this sandbox: its ${module} is a small stand-in; ${gives}`,
        )
      }
      Object.defineProperty(of, name, { value: refuse, writable: true, configurable: true, enumerable: true })
    }
  }

  return { modules, globals: { process, Buffer: buffers.Buffer, global: scope }, process, handlerOf, begin }
}
