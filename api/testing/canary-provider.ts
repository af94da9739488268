import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

/** How an agent leaks: each is what the model says in one turn, made from the key the call came with. */
export type Leak = (key: string) => { says?: string; calls?: { name: string; args: string }[]; fails?: string }

/**
 * A provider that speaks OpenAI's wire format and gives away the key it is called with. `parts`: by a word of the system
 * prompt, what is said turn by turn. Keeps the bodies it was sent.
 */
export async function startCanaryProvider(parts: Readonly<Record<string, readonly Leak[]>>) {
  const bodies: string[] = []
  const server = createServer(async (request, response) => {
    const body = await text(request)
    bodies.push(body)
    const { messages } = JSON.parse(body)
    const who = Object.keys(parts).find((name) => JSON.stringify(messages[0]).includes(name)) ?? ''
    const turn = messages.filter((message: { role: string }) => message.role === 'assistant').length
    const key = (request.headers.authorization ?? '').replace('Bearer ', '')
    const leak = parts[who]?.[turn]?.(key) ?? { says: 'Done.' }
    if (leak.fails !== undefined) {
      response.writeHead(401, { 'content-type': 'application/json', 'x-echo': 'no' })
      return response.end(JSON.stringify({ error: { message: leak.fails } }))
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const delta of deltasOf(leak)) response.write(`data: ${JSON.stringify(chunk(delta, null))}\n\n`)
    const finish = leak.calls ? 'tool_calls' : 'stop'
    response.end(`data: ${JSON.stringify(chunk({}, finish))}\n\ndata: [DONE]\n\n`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    bodies,
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** In pieces of five characters, so that no piece holds the whole. */
function deltasOf({ says = '', calls = [] }: ReturnType<Leak>): object[] {
  const words = (says.match(/[\s\S]{1,5}/g) ?? []).map((content) => ({ content }))
  const called = calls.flatMap(({ name, args }, index) => [
    { tool_calls: [{ index, id: `call_${index}`, type: 'function', function: { name, arguments: '' } }] },
    ...(args.match(/[\s\S]{1,7}/g) ?? []).map((piece) => ({ tool_calls: [{ index, function: { arguments: piece } }] })),
  ])
  return [...words, ...called]
}

function chunk(delta: object, finish: string | null): object {
  const usage = finish === null ? null : { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 }
  const choices = [{ index: 0, delta, finish_reason: finish }]
  return { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o', choices, usage }
}
