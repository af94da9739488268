import type { Answered, Asked, Handler, Http } from './http.ts'

/** From the page, on a port of its own: what a preview asks of the run. */
export type Question = { readonly id: number; readonly port: number; readonly asked: Asked }

type Given = {
  readonly tellOpen: (port: number, isOpen: boolean) => void
  readonly answer: (id: number, answered: Answered) => void
  readonly fail: (error: unknown) => void
  /** Keeps the program going; gives the way to let it end. */
  readonly hold: () => () => void
}

/** The servers of one run and who asks them. Functions are taken before user code could change them. Shipped as text. */
export function createServing({ tellOpen, answer, fail, hold }: Given) {
  const { apply } = Reflect
  const dataOf = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')?.get
  const handlers = new Map<number, Handler>()
  const encoder = new TextEncoder()
  const first = 3000

  function listen(questions: MessagePort): void {
    questions.onmessage = (event) => {
      const { id, port, asked }: Question = dataOf ? apply(dataOf, event, []) : event.data
      void respond(asked, handlers.get(port)).then((answered) => answer(id, answered))
    }
  }

  async function respond(asked: Asked, handler: Handler | undefined): Promise<Answered> {
    if (handler === undefined) return plain(502, 'Nothing listens on this port any more.')
    try {
      return await handler(asked)
    } catch (error) {
      fail(error)
      return plain(500, 'The program failed while it answered.')
    }
  }

  function plain(status: number, text: string): Answered {
    return {
      status,
      statusText: '',
      headers: [['content-type', 'text/plain; charset=utf-8']],
      body: encoder.encode(text),
    }
  }

  function serve(wanted: number, handler: Handler): { port: number; close(): void } {
    let port = wanted || first
    while (wanted === 0 && handlers.has(port)) port += 1
    if (handlers.has(port)) {
      throw Object.assign(new Error(`listen EADDRINUSE: address already in use :::${port}`), {
        code: 'EADDRINUSE',
        port,
      })
    }
    handlers.set(port, handler)
    const release = hold()
    tellOpen(port, true)
    return {
      port,
      close() {
        if (!handlers.delete(port)) return
        tellOpen(port, false)
        release()
      },
    }
  }

  /** A handler of the web's own kind: a Request in, a Response out. */
  function fetchHandler(handle: (request: Request) => unknown): Handler {
    return async ({ method, url, headers, body }) => {
      const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0
      const request = new Request(url, { method, headers, ...(hasBody && { body: new Uint8Array(body) }) })
      const response = await handle(request)
      if (!(response instanceof Response)) {
        throw new TypeError('The handler answered no Response. Return one, e.g. new Response("Hello").')
      }
      const bytes = new Uint8Array(await response.arrayBuffer())
      return { status: response.status, statusText: response.statusText, headers: [...response.headers], body: bytes }
    }
  }

  /** What a default export serves with, if it is meant to: an object with `fetch`, or a function of a request. */
  function handlerOf(exported: unknown, asNode: Http['handlerOf']): Handler | undefined {
    if (
      typeof exported === 'object' &&
      exported !== null &&
      'fetch' in exported &&
      typeof exported.fetch === 'function'
    ) {
      const { fetch } = exported
      return fetchHandler((request) => apply(fetch, exported, [request]))
    }
    if (typeof exported !== 'function') return undefined
    const takesRequest = /^(?:async\s*)?(?:function\b[^(]*)?\(?\s*(?:request|req)\b/.test(
      Function.prototype.toString.call(exported),
    )
    if (!takesRequest) return undefined
    if (exported.length > 1) return asNode((...args: unknown[]) => apply(exported, undefined, args))
    return fetchHandler((request) => apply(exported, undefined, [request]))
  }

  return { listen, serve, handlerOf }
}
