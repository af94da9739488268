import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'

type Tool = { name: string; description: string; inputSchema?: object; annotations?: object }
type Answer = (args: Record<string, unknown>) => object

const Message = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  method: z.string().optional(),
  params: z
    .looseObject({ name: z.string().optional(), arguments: z.record(z.string(), z.unknown()).optional() })
    .optional(),
})

/**
 * A stand-in for a server that changes its mind: streamable HTTP with sessions, pages of two tools, `list_changed`, as the
 * protocol of 2025-06-18 says. It listens on the loopback address.
 */
export async function openChangingServer(first: readonly Tool[]) {
  let tools = first
  let ownTools = new Map<string, readonly Tool[]>()
  let answer: Answer = (args) => ({ content: [{ type: 'text', text: `done with ${JSON.stringify(args)}` }] })
  let sessions = new Set<string>()
  let isDown = false
  let givesIds = true
  let losesCalls = false
  const listening = new Set<ServerResponse>()
  const seen: { headers: IncomingMessage['headers']; method: string; tool: string | undefined }[] = []

  const server = createServer((request, response) => void serve(request, response))
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const session = request.headers['mcp-session-id']
    if (isDown) return void response.writeHead(503).end()
    if (request.method === 'DELETE') return void response.writeHead(204).end()
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.flushHeaders()
      listening.add(response)
      return void response.on('close', () => listening.delete(response))
    }
    const message = Message.parse(JSON.parse(await textOf(request)))
    seen.push({ headers: request.headers, method: message.method ?? '', tool: message.params?.name })
    if (message.id === undefined) return void response.writeHead(202).end()
    const reply = (result: object, headers: Record<string, string> = {}) =>
      response
        .writeHead(200, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify({ jsonrpc: '2.0', id: message.id, result }))
    if (message.method === 'initialize') {
      const id = randomUUID()
      sessions.add(id)
      const result = {
        protocolVersion: '2025-06-18',
        capabilities: { tools: { listChanged: true } },
        serverInfo: { name: 'changing', version: '1' },
      }
      return void reply(result, givesIds ? { 'mcp-session-id': id } : {})
    }
    if (message.method === 'server/discover') {
      const error = { code: -32601, message: 'Method not found' }
      return void response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ jsonrpc: '2.0', id: message.id, error }))
    }
    if (losesCalls && message.method === 'tools/call') return void response.writeHead(404).end()
    if (givesIds && (typeof session !== 'string' || !sessions.has(session))) return void response.writeHead(404).end()
    if (message.method === 'tools/list')
      return void reply(page(ownTools.get(request.headers.authorization ?? '') ?? tools, message.params))
    if (message.method === 'tools/call') return void reply(answer(message.params?.arguments ?? {}))
    return void reply({})
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`

  return {
    url: `http://${host}/mcp`,
    host,
    seen,
    /** From now on it offers these, and says so to whoever listens where `says`. */
    offer(next: readonly Tool[], says = false) {
      tools = next
      ownTools = new Map()
      const word = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' })
      if (says) for (const stream of listening) stream.write(`event: message\ndata: ${word}\n\n`)
    },
    /** How many sessions listen to what it says by itself. */
    listeners: () => listening.size,
    /** To whoever comes with this header it offers these. */
    offerTo(authorization: string, next: readonly Tool[]) {
      ownTools.set(authorization, next)
    },
    answerWith(next: Answer) {
      answer = next
    },
    /** As after a restart: sessions it gave are unknown. */
    loseSessions() {
      sessions = new Set()
    },
    /** From now on it gives sessions no id, and says of each call, after it did it perhaps, that it is not found. */
    forgetIdsAndCalls() {
      givesIds = false
      losesCalls = true
    },
    setDown(next: boolean) {
      isDown = next
    },
    /** Cuts the streams of those who listen; whether it can be reached after that says `setDown`. */
    cutStreams() {
      for (const stream of listening) stream.destroy()
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function page(tools: readonly Tool[], params: Readonly<Record<string, unknown>> | undefined) {
  const from = Number(params?.cursor ?? 0)
  const shown = tools.slice(from, from + 2).map((tool) => ({ inputSchema: { type: 'object' }, ...tool }))
  return { tools: shown, ...(from + 2 < tools.length && { nextCursor: String(from + 2) }) }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: string[] = []
  for await (const chunk of request) chunks.push(String(chunk))
  return chunks.join('')
}
