import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

export type Asked = { method: string; path: string; headers: IncomingHttpHeaders; body: string }
export type Answered = { status: number; body: unknown; headers?: Record<string, string> }
/** What the next request meets instead of an answer. */
export type Mishap = Answered | 'silence' | 'cut' | 'half'

export type LoopbackService = {
  url: string
  /** Every request so far. */
  asked: Asked[]
  /** The next requests meet these, one each. */
  mishaps: Mishap[]
  stop(): Promise<void>
}

/** A key service on loopback: answers as given, and lets mishaps happen that were ordered before. */
export async function openLoopbackService(answer: (asked: Asked) => Answered): Promise<LoopbackService> {
  const asked: Asked[] = []
  const mishaps: Mishap[] = []
  const handle = async (req: IncomingMessage, res: ServerResponse) => {
    const { method = '', url: path = '', headers } = req
    const one: Asked = { method, path, headers, body: await text(req) }
    asked.push(one)
    const mishap = mishaps.shift()
    if (mishap === 'silence') return
    if (mishap === 'cut') return void req.socket.destroy()
    const { status, body, headers: more } = typeof mishap === 'object' ? mishap : answer(one)
    const whole = JSON.stringify(body)
    res.writeHead(status, { 'content-type': 'application/json', ...more, 'content-length': Buffer.byteLength(whole) })
    if (mishap !== 'half') return void res.end(whole)
    res.write(whole.slice(0, Math.ceil(whole.length / 2)), () => req.socket.destroy())
  }
  const server = createServer((req, res) => void handle(req, res))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    mishaps,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
