import type { EmitterClass, Emitter as Events } from './events.ts'

export type NodeProcess = Events & { readonly argv: string[]; readonly exitCode: number | undefined }

type Given = {
  readonly Emitter: EmitterClass
  readonly cwd: string
  readonly given: { readonly stdin: string }
  readonly encode: (text: string) => unknown
  readonly write: (stream: 'stdout' | 'stderr', text: string) => void
  readonly exit: (code: number) => void
  readonly now: () => number
}

/** Node's `process` as far as a worker can be one: arguments, exit, the three streams, its clock. Shipped as text. */
export function createProcess({ Emitter, cwd, given, encode, write, exit, now }: Given): NodeProcess {
  const startedAt = now()
  const known = ['exit', 'beforeExit', 'newListener', 'removeListener']

  const stream = (to: 'stdout' | 'stderr', fd: number) => {
    const decoder = new TextDecoder()
    return Object.assign(new Emitter(), {
      ...{ fd, isTTY: false, writable: true },
      write(chunk: string | Uint8Array, encoding?: unknown, then?: unknown) {
        write(to, typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))
        const done = typeof encoding === 'function' ? encoding : then
        if (typeof done === 'function') queueMicrotask(() => Reflect.apply(done, undefined, []))
        return true
      },
      end(chunk?: string | Uint8Array) {
        if (chunk !== undefined) this.write(chunk)
      },
    })
  }

  class Input extends Emitter {
    readonly fd = 0
    readonly isTTY = false
    #encoding: string | undefined
    #isTold = false
    setEncoding(encoding = 'utf8') {
      this.#encoding = encoding
      return this
    }
    override on(event: string | symbol, listener: (...args: unknown[]) => unknown) {
      super.on(event, listener)
      if (event === 'data' || event === 'end') this.resume()
      return this
    }
    resume() {
      if (this.#isTold) return this
      this.#isTold = true
      setTimeout(() => {
        if (given.stdin !== '') this.emit('data', this.#chunk())
        this.emit('end')
        this.emit('close')
      }, 0)
      return this
    }
    pause() {
      return this
    }
    #chunk(): unknown {
      return this.#encoding === undefined ? encode(given.stdin) : given.stdin
    }
    async *[Symbol.asyncIterator]() {
      this.#isTold = true
      if (given.stdin !== '') yield this.#chunk()
    }
  }

  class Process extends Emitter {
    readonly argv = ['node', cwd]
    readonly argv0 = 'node'
    readonly execArgv: string[] = []
    // The sandbox has no environment of anybody to give away.
    readonly env: Record<string, string> = {}
    readonly platform = 'browser'
    readonly arch = 'wasm'
    readonly pid = 1
    readonly title = 'node'
    readonly version = ''
    readonly versions = {}
    readonly stdout = stream('stdout', 1)
    readonly stderr = stream('stderr', 2)
    readonly stdin = new Input()
    exitCode: number | undefined
    readonly exit = (code: number = this.exitCode ?? 0): never => {
      exit(Number(code))
      throw new Error(`The program has ended with code ${code}.`)
    }
    readonly cwd = () => cwd
    readonly uptime = () => (now() - startedAt) / 1000
    readonly nextTick = (call: (...args: unknown[]) => void, ...args: unknown[]) =>
      queueMicrotask(() => Reflect.apply(call, undefined, args))
    readonly hrtime = Object.assign(
      ([seconds, nanos]: readonly number[] = [0, 0]) => {
        const passed = now() * 1e6 - ((seconds ?? 0) * 1e9 + (nanos ?? 0))
        return [Math.floor(passed / 1e9), Math.round(passed % 1e9)]
      },
      { bigint: () => BigInt(Math.round(now() * 1e6)) },
    )
    readonly emitWarning = (warning: unknown) => write('stderr', `(node) Warning: ${String(warning)}\n`)
    override on(event: string | symbol, listener: (...args: unknown[]) => unknown) {
      needKnown(event)
      return super.on(event, listener)
    }
    override once(event: string | symbol, listener: (...args: unknown[]) => unknown) {
      needKnown(event)
      return super.once(event, listener)
    }
  }

  /** An event that never comes is not listened for in silence. */
  function needKnown(event: string | symbol): void {
    if (known.includes(String(event))) return
    throw new Error(`process.on('${String(event)}') is not available in this sandbox: a worker is told of no signals`)
  }
  return new Process()
}
