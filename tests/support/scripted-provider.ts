import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

/** What a model says at one turn: words, or calls of tools. */
export type Said = { text: string } | { calls: readonly { tool: string; args: object }[] }

/** What stands in the request: who is asked, and what its tools gave so far. */
export type Asked = { words: string; results: readonly string[] }

/** A provider on this machine that speaks OpenAI's wire format and answers as the test's script has it. */
export async function startScriptedProvider(answer: (asked: Asked) => Said) {
  const server = createServer(async (request, response) => {
    const body: unknown = JSON.parse(await text(request))
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(streamOf(answer(readAsked(body))))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    port,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function streamOf(said: Said): string {
  if ('text' in said) return `${chunk({ content: said.text })}${chunk({}, 'stop')}data: [DONE]\n\n`
  const calls = said.calls.map(({ tool, args }, index) => ({
    ...{ index, id: `call-${tool}-${index}`, type: 'function' },
    function: { name: tool, arguments: JSON.stringify(args) },
  }))
  return `${chunk({ tool_calls: calls })}${chunk({}, 'tool_calls')}data: [DONE]\n\n`
}

function chunk(delta: object, finish: string | null = null): string {
  const usage = finish === null ? null : { prompt_tokens: 200, completion_tokens: 12, total_tokens: 212 }
  const choices = [{ index: 0, delta, finish_reason: finish }]
  return `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o-mini', choices, usage })}\n\n`
}

function readAsked(body: unknown): Asked {
  const messages = isRecord(body) && Array.isArray(body.messages) ? body.messages.filter(isRecord) : []
  const of = (role: string) => messages.filter((message) => message.role === role).map(wordsOf)
  return { words: of('user').join('\n'), results: of('tool') }
}

function wordsOf({ content }: Record<string, unknown>): string {
  return typeof content === 'string' ? content : JSON.stringify(content)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
