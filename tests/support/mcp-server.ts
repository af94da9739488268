import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

type Message = { id?: number; method?: string; params?: { arguments?: { place?: string } } }

/** An MCP server on this machine with one tool, whose description it may change. */
export async function startMcpServer() {
  let description = 'Tells the weather of a place.'
  let calls = 0
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST') return void response.writeHead(405).end()
    const { id, method, params }: Message = JSON.parse(await text(request))
    if (id === undefined) return void response.writeHead(202).end()
    const answer = (result: object) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ jsonrpc: '2.0', id, ...result }))
    }
    switch (method) {
      case 'initialize': {
        const serverInfo = { name: 'sky', version: '1' }
        return answer({ result: { protocolVersion: '2025-06-18', capabilities: { tools: {} }, serverInfo } })
      }
      case 'tools/list': {
        const inputSchema = { type: 'object', properties: { place: { type: 'string' } }, required: ['place'] }
        const tool = { name: 'weather', description, inputSchema, annotations: { readOnlyHint: true } }
        return answer({ result: { tools: [tool] } })
      }
      case 'tools/call': {
        calls += 1
        return answer({ result: { content: [{ type: 'text', text: `Sunny at ${params?.arguments?.place}` }] } })
      }
      default:
        return answer({ error: { code: -32601, message: 'Method not found' } })
    }
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  return {
    host,
    url: `http://${host}/mcp`,
    calls: () => calls,
    describeAs(next: string) {
      description = next
    },
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
