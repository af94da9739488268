import { createServer, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

/** A provider on this machine that speaks OpenAI's wire format; what it says is said word for word when the test wants it. */
export async function startModelProvider() {
  let open: ServerResponse | undefined
  const asked: { key: string; body: string }[] = []
  const server = createServer(async (request, response) => {
    const body = await text(request)
    asked.push({ key: request.headers.authorization ?? '', body })
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    if (!body.includes('Say the one word: ready')) {
      open = response
      return
    }
    response.end(`${said({ content: 'ready' })}${end}`)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    port,
    asked,
    /** Whether a question of the work is open. */
    isAsked: () => open !== undefined,
    say: (content: string) => void open?.write(said({ content })),
    end: () => void open?.end(end),
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function said(delta: object, finish: string | null = null): string {
  const usage = finish === null ? null : { prompt_tokens: 200, completion_tokens: 12, total_tokens: 212 }
  const choices = [{ index: 0, delta, finish_reason: finish }]
  const chunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o-mini', choices, usage }
  return `data: ${JSON.stringify(chunk)}\n\n`
}

const end = `${said({}, 'stop')}data: [DONE]\n\n`
