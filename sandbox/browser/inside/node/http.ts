import type { BufferClass } from './buffer.ts'
import type { EmitterClass } from './events.ts'

export type Asked = { method: string; url: string; headers: [string, string][]; body: Uint8Array }
export type Answered = { status: number; statusText: string; headers: [string, string][]; body: Uint8Array }
export type Handler = (asked: Asked) => Promise<Answered>

export type Http = { readonly http: object; readonly handlerOf: (listener: (...args: unknown[]) => unknown) => Handler }

type Given = {
  readonly Emitter: EmitterClass
  readonly buffers: BufferClass
  /** Opens a port (0: any) to the run's preview; answers which, and how to close it. */
  readonly serve: (port: number, handler: Handler) => { port: number; close(): void }
}

/** Node's `http` as a server alone, whose visitors come from the preview by messages. Shipped as text. */
export function createHttp({ Emitter, buffers, serve }: Given): Http {
  class IncomingMessage extends Emitter {
    readonly httpVersion = '1.1'
    readonly method: string
    readonly url: string
    readonly headers: Record<string, string> = {}
    readonly rawHeaders: string[] = []
    readonly socket = { remoteAddress: '127.0.0.1', encrypted: false }
    readonly #body: Uint8Array
    #encoding: string | undefined
    #isRead = false
    constructor({ method, url, headers, body }: Asked) {
      super()
      const { pathname, search } = new URL(url)
      this.method = method
      this.url = pathname + search
      this.#body = body
      for (const [name, value] of headers) {
        this.headers[name.toLowerCase()] = value
        this.rawHeaders.push(name, value)
      }
    }
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
      if (this.#isRead) return this
      this.#isRead = true
      setTimeout(() => {
        if (this.#body.length > 0) this.emit('data', this.#chunk())
        this.emit('end')
        this.emit('close')
      }, 0)
      return this
    }
    #chunk(): unknown {
      return this.#encoding === undefined ? buffers.from(this.#body) : buffers.decode(this.#body, this.#encoding)
    }
    async *[Symbol.asyncIterator]() {
      this.#isRead = true
      if (this.#body.length > 0) yield this.#chunk()
    }
  }

  class ServerResponse extends Emitter {
    statusCode = 200
    statusMessage = ''
    headersSent = false
    writableEnded = false
    readonly #headers = new Map<string, [string, string]>()
    readonly #parts: Uint8Array[] = []
    readonly #done: (answered: Answered) => void
    constructor(done: (answered: Answered) => void) {
      super()
      this.#done = done
    }
    setHeader(name: string, value: unknown) {
      if (this.headersSent) throw new Error('Cannot set headers after they are sent to the client')
      this.#headers.set(name.toLowerCase(), [name, Array.isArray(value) ? value.join(', ') : String(value)])
      return this
    }
    getHeader(name: string) {
      return this.#headers.get(name.toLowerCase())?.[1]
    }
    getHeaders() {
      return Object.fromEntries([...this.#headers].map(([name, [, value]]) => [name, value]))
    }
    hasHeader(name: string) {
      return this.#headers.has(name.toLowerCase())
    }
    removeHeader(name: string) {
      this.#headers.delete(name.toLowerCase())
    }
    writeHead(status: number, second?: unknown, third?: unknown) {
      this.statusCode = status
      if (typeof second === 'string') this.statusMessage = second
      const headers = typeof second === 'object' && second !== null ? second : third
      if (typeof headers === 'object' && headers !== null) {
        for (const [name, value] of Object.entries(headers)) this.setHeader(name, value)
      }
      this.headersSent = true
      return this
    }
    write(chunk: unknown, encoding?: unknown) {
      if (this.writableEnded) throw new Error('write after end')
      this.headersSent = true
      if (chunk instanceof Uint8Array) this.#parts.push(chunk)
      else this.#parts.push(buffers.encode(String(chunk), typeof encoding === 'string' ? encoding : undefined))
      return true
    }
    end(chunk?: unknown, encoding?: unknown) {
      if (this.writableEnded) return this
      if (chunk !== undefined && typeof chunk !== 'function') this.write(chunk, encoding)
      this.headersSent = true
      this.writableEnded = true
      const length = this.#parts.reduce((sum, part) => sum + part.length, 0)
      const body = new Uint8Array(length)
      let at = 0
      for (const part of this.#parts) {
        body.set(part, at)
        at += part.length
      }
      this.#done({
        status: this.statusCode,
        statusText: this.statusMessage,
        headers: [...this.#headers.values()],
        body,
      })
      this.emit('finish')
      this.emit('close')
      return this
    }
  }

  class Server extends Emitter {
    listening = false
    #opened: { port: number; close(): void } | undefined
    listen(...given: unknown[]) {
      if (this.#opened) throw new Error('The server listens already.')
      const [first] = given
      const asked = typeof first === 'object' && first !== null && 'port' in first ? first.port : first
      const done = given.find((each) => typeof each === 'function')
      this.#opened = serve(Number(asked ?? 0) || 0, (each) => this.#handle(each))
      this.listening = true
      queueMicrotask(() => {
        this.emit('listening')
        if (typeof done === 'function') Reflect.apply(done, this, [])
      })
      return this
    }
    address() {
      return this.#opened ? { address: '127.0.0.1', family: 'IPv4', port: this.#opened.port } : null
    }
    close(done?: () => void) {
      this.#opened?.close()
      this.#opened = undefined
      this.listening = false
      queueMicrotask(() => {
        this.emit('close')
        done?.()
      })
      return this
    }
    #handle(asked: Asked): Promise<Answered> {
      return new Promise(
        (resolve) => void this.emit('request', new IncomingMessage(asked), new ServerResponse(resolve)),
      )
    }
  }

  function createServer(first?: unknown, second?: unknown) {
    const server = new Server()
    const listener = [first, second].find((each) => typeof each === 'function')
    if (typeof listener === 'function') server.on('request', (...given) => Reflect.apply(listener, server, given))
    return server
  }
  const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']
  /** A plain function of a request and a response, as one that answers messages. */
  const handlerOf = (listener: (...args: unknown[]) => unknown): Handler => {
    return (asked) =>
      new Promise((resolve, reject) => {
        const given = [new IncomingMessage(asked), new ServerResponse(resolve)]
        Promise.resolve(Reflect.apply(listener, undefined, given)).catch(reject)
      })
  }
  return { http: { createServer, Server, IncomingMessage, ServerResponse, METHODS }, handlerOf }
}
