import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { Journal } from '#shared/delegations/journal.ts'
import { nothingToRedact } from '../../kernel/redact/create-redactor.ts'
import { connectionFor, type ModelConnections } from '../../models/connections.ts'
import { callModel, worstCase } from './call-model.ts'

type Answers = (response: ServerResponse, request: IncomingMessage) => void

const key = 'sk-canary-0123456789abcdefghij'
let server: Server
let port = 0
let answer: Answers
let asked: { url: string; body: string }[] = []

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    asked.push({ url: request.url ?? '', body })
    answer(response, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' ? (address?.port ?? 0) : 0
  vi.stubEnv('DELEGRAPH_ALLOWED_ADDRESSES', `127.0.0.1:${port}`)
})
beforeEach(() => {
  asked = []
})
afterAll(() => {
  vi.unstubAllEnvs()
  server.closeAllConnections()
  server.close()
})

test('OpenAI answers with words, calls and counts, within the limit that was sent', async () => {
  answer = openai(
    { content: 'Let me ' },
    { content: 'look.' },
    { tool_calls: [{ index: 0, id: 'c1', type: 'function', function: { name: 'look', arguments: '' } }] },
    { tool_calls: [{ index: 0, function: { arguments: '{"at":1}' } }] },
  )
  const words: string[] = []
  const reply = await ask('openai:gpt-4o', { onDelta: (text) => words.push(text) })
  expect(reply).toEqual({
    answer: { text: 'Let me look.', calls: [{ id: 'c1', name: 'look', args: '{"at":1}' }], finish: 'stop' },
    usage: { inputTokens: 11, outputTokens: 7, cacheReadTokens: 3 },
    isRehearsal: false,
  })
  expect(words).toEqual(['Let me ', 'look.'])
  expect(asked[0]?.url).toBe('/v1/chat/completions')
  const worst = worstCase(journalOf('openai:gpt-4o'), tools)
  expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({ max_tokens: worst.outputTokens, stream: true })
  expect(worst.inputTokens).toBeGreaterThan(Buffer.byteLength(asked[0]?.body ?? ''))
})

test('Anthropic answers with words and counts', async () => {
  answer = anthropic(['Low ', 'tide'], 'end_turn')
  const reply = await ask('anthropic:claude-sonnet-4-5')
  expect(reply.answer).toEqual({ text: 'Low tide', calls: [], finish: 'stop' })
  expect(reply.usage).toMatchObject({ inputTokens: 9, outputTokens: 5 })
  expect(asked[0]?.url).toBe('/v1/messages')
  expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({ max_tokens: 4_096 })
})

test.each([
  ['anthropic:claude-sonnet-4-5', true],
  ['openai:gpt-4o', true],
  ['acme:tides-1', false],
])('a picture given with words reaches %s: %s; another is told its name', async (model, sees) => {
  answer = model.startsWith('anthropic') ? anthropic(['A map'], 'end_turn') : openai({ content: 'A map' })
  const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])
  const file = { id, name: 'map.png', mediaType: 'image/png', bytes: 7, sha256: 'x', text: null, missing: 'no text' }
  const said = { step: 1, kind: 'note', state: 'done', name: 'message', askedBy: null, call: null, childId: null }
  const output = { text: 'What is this?', by: 'Eve', files: [file] }
  const bare = journalOf(model)
  const journal = Journal.parse({ ...bare, steps: [...bare.steps, { ...said, input: null, output, error: null }] })
  const options = { connections, redactor: nothingToRedact, openFile: () => Promise.resolve(bytes) }
  await callModel(journal, tools, new AbortController().signal, options)
  const body = asked[0]?.body ?? ''
  expect(body.includes(Buffer.from(bytes).toString('base64'))).toBe(sees)
  expect(body.includes('given with these words')).toBe(sees)
  expect(body.includes('You are given its name only: you cannot see it.')).toBe(!sees)
  const more = worstCase(journal, tools).inputTokens - worstCase(journalOf(model), tools).inputTokens
  expect(more > 40_000).toBe(sees)
})

test('a compatible endpoint is asked under its own name', async () => {
  answer = openai({ content: 'Here.' })
  expect((await ask('acme:tides-1')).answer.text).toBe('Here.')
  expect(JSON.parse(asked[0]?.body ?? '').model).toBe('tides-1')
})

test('what has no count is charged as the worst', async () => {
  answer = events([chunk({ content: 'Hi' }, null), chunk({}, 'stop')])
  const { usage } = await ask('openai:gpt-4o')
  expect(usage).toMatchObject({ outputTokens: 4_096 })
})

test.each([
  [401, 'auth', null],
  [402, 'payment', null],
  [400, 'refused', null],
  [404, 'refused', null],
  [429, 'rate', { afterMs: 7_000 }],
  [500, 'server', { afterMs: 7_000 }],
  [529, 'server', { afterMs: 7_000 }],
])('status %i ends in the provider’s words', async (status, kind, retry) => {
  answer = (response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '7' })
    response.end(JSON.stringify({ error: { message: `No, not with ${key}`, type: 'nope' } }))
  }
  for (const model of ['openai:gpt-4o', 'anthropic:claude-sonnet-4-5', 'acme:tides-1']) {
    asked = []
    const failure = await failureOf(model)
    expect(failure).toMatchObject({ kind, retry })
    expect(failure.message).toContain(`answered ${status}: No, not with [redacted]`)
    expect(failure.billing).toEqual(status < 500 ? { inputTokens: 0, outputTokens: 0 } : 'unknown')
    // Nothing is tried again behind our back.
    expect(asked).toHaveLength(1)
  }
})

test('an empty purse is not knocked at again', async () => {
  answer = (response) => {
    response.writeHead(429, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: { message: 'You exceeded your quota', code: 'insufficient_quota' } }))
  }
  expect(await failureOf('openai:gpt-4o')).toMatchObject({ kind: 'payment', retry: null })
})

test.each(['openai:gpt-4o', 'anthropic:claude-sonnet-4-5'])('%s: what is no answer is told as such', async (model) => {
  answer = (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end()
  expect(await failureOf(model)).toMatchObject({ kind: expect.stringMatching(/cut|empty/), billing: 'unknown' })
  answer = (response) => response.writeHead(200, { 'content-type': 'application/json' }).end()
  expect(await failureOf(model)).toMatchObject({ kind: 'empty', message: expect.stringContaining('nothing in it') })
  answer = (response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html><h1>Please log in</h1> to the proxy</html>')
  expect(await failureOf(model)).toMatchObject({
    kind: 'garbled',
    message: expect.stringContaining('Please log in to the proxy'),
  })
  answer = (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end('Moved')
  expect(await failureOf(model)).toMatchObject({ message: expect.stringContaining('answered 302: Moved') })
})

test('a bad gateway’s page is told without its markup', async () => {
  answer = (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<b>Bad</b> gateway<br>nginx')
  const failure = await failureOf('openai:gpt-4o')
  expect(failure.message).toBe('openai answered 502: Bad gateway nginx')
})

test('half a stream is no answer', async () => {
  answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(line(chunk({ content: 'The tide is' }, null)), () => response.socket?.destroy())
  }
  expect(await failureOf('openai:gpt-4o')).toMatchObject({ kind: 'cut', billing: 'unknown', retry: { afterMs: 1_000 } })
  answer = events([chunk({ content: 'The tide is' }, null)])
  expect(await failureOf('openai:gpt-4o')).toMatchObject({
    kind: 'cut',
    message: expect.stringContaining('The tide is'),
  })
})

test('trouble in the middle of a stream is told in its words', async () => {
  answer = events([{ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }])
  expect(await failureOf('anthropic:claude-sonnet-4-5')).toMatchObject({
    kind: 'server',
    message: expect.stringContaining('Overloaded'),
    retry: expect.anything(),
  })
  answer = (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: {"oh\n\n')
  expect(await failureOf('openai:gpt-4o')).toMatchObject({ kind: 'garbled' })
})

test('bytes that are no text and endless text are refused', async () => {
  answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(Buffer.concat([Buffer.from('data: {"choices":[{"delta":{"content":"'), Buffer.from([0xff, 0xfe])]))
  }
  expect(await failureOf('openai:gpt-4o')).toMatchObject({ kind: 'garbled', message: expect.stringContaining('UTF-8') })
  const long = line(chunk({ content: 'x'.repeat(100_000) }, null))
  answer = (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end(long.repeat(105))
  expect(await failureOf('openai:gpt-4o')).toMatchObject({ kind: 'too-large', retry: null })
})

test('arguments that are empty or no JSON come back as they were written', async () => {
  for (const args of ['{}', '{"half', 'nonsense']) {
    answer = openai({
      tool_calls: [{ index: 0, id: 'c1', type: 'function', function: { name: 'look', arguments: args } }],
    })
    expect((await ask('openai:gpt-4o')).answer.calls).toEqual([{ id: 'c1', name: 'look', args }])
  }
})

test('an answer cut at its limit or filtered says so', async () => {
  answer = openai({ content: 'So' }, undefined, 'length')
  expect((await ask('openai:gpt-4o')).answer.finish).toBe('length')
  answer = openai({ content: '' }, undefined, 'content_filter')
  expect((await ask('openai:gpt-4o')).answer.finish).toBe('content-filter')
  answer = anthropic(['So'], 'max_tokens')
  expect((await ask('anthropic:claude-sonnet-4-5')).answer.finish).toBe('length')
})

test('silence and endless dripping have an end, and so has a call that is aborted', async () => {
  answer = () => {}
  expect(await failureOf('openai:gpt-4o', { idleMs: 60 })).toMatchObject({ kind: 'timeout', billing: 'unknown' })
  answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const drip = setInterval(() => response.write(': still here\n\n'), 20)
    response.on('close', () => clearInterval(drip))
  }
  expect(await failureOf('openai:gpt-4o', { idleMs: 5_000, totalMs: 150 })).toMatchObject({ kind: 'timeout' })
  const abort = new AbortController()
  const aborted = callModel(journalOf('openai:gpt-4o'), tools, abort.signal, { connections, redactor: nothingToRedact })
  abort.abort(new Error('cancelled'))
  await expect(aborted).rejects.toThrow('cancelled')
})

test('where nobody listens or no key is set nothing was sent', async () => {
  const nobody: ModelConnections = async () => ({
    ...(await reached('openai:gpt-4o')),
    baseUrl: 'http://127.0.0.1:1/v1',
  })
  expect(await failureOf('openai:gpt-4o', { connections: nobody })).toMatchObject({
    kind: 'unreachable',
    billing: 'not-sent',
    message: expect.stringContaining('refused'),
  })
  const stranger: ModelConnections = async () => ({ ...(await reached('openai:gpt-4o')), isAllowed: false })
  expect(await failureOf('openai:gpt-4o', { connections: stranger })).toMatchObject({
    billing: 'not-sent',
    message: expect.stringContaining('private address'),
  })
  const empty: ModelConnections = async ({ model }) => connectionFor(model, {})
  expect(await failureOf('anthropic:claude-sonnet-4-5', { connections: empty })).toMatchObject({
    billing: 'not-sent',
    retry: null,
    message: expect.stringMatching(/ANTHROPIC_API_KEY is not set.*rehearsal/),
  })
})

const tools = [
  { type: 'function' as const, name: 'look', description: 'Look.', inputSchema: { type: 'object' as const } },
]

const connections: ModelConnections = ({ model }) => reached(model)

async function reached(model: string) {
  const base = `http://127.0.0.1:${port}`
  const values = {
    OPENAI_API_KEY: key,
    OPENAI_BASE_URL: `${base}/v1`,
    ANTHROPIC_API_KEY: key,
    ANTHROPIC_BASE_URL: base,
    OPENAI_COMPATIBLE_NAME: 'acme',
    OPENAI_COMPATIBLE_BASE_URL: `${base}/v1`,
    OPENAI_COMPATIBLE_KEY: key,
  }
  const opened = Object.entries(values).map(([name, value]) => [name, { value, isOwn: false }])
  return connectionFor(model, Object.fromEntries(opened))
}

type Options = Partial<Parameters<typeof callModel>[3]>

function ask(model: string, options: Options = {}) {
  return callModel(journalOf(model), tools, new AbortController().signal, {
    connections,
    redactor: nothingToRedact,
    ...options,
  })
}

async function failureOf(model: string, options: Options = {}) {
  const failure = await ask(model, options).then(
    () => expect.unreachable('it answered'),
    (error) => error,
  )
  expect(failure).toMatchObject({ name: 'Error', billing: expect.anything() })
  expect(JSON.stringify([failure.message, failure.stack, failure])).not.toContain('canary')
  expect(failure.message.length).toBeLessThanOrEqual(4_000)
  return failure
}

function chunk(delta: object, finish: string | null) {
  const choices = [{ index: 0, delta, finish_reason: finish }]
  return { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices }
}

function line(event: object): string {
  return `data: ${JSON.stringify(event)}\n\n`
}

function events(said: readonly object[]): Answers {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(said.map(line).join(''))
  }
}

function openai(...said: (object | string | undefined)[]): Answers {
  const deltas = said.filter((one) => typeof one === 'object')
  const finish = said.find((one) => typeof one === 'string') ?? 'stop'
  const usage = {
    prompt_tokens: 11,
    completion_tokens: 7,
    total_tokens: 18,
    prompt_tokens_details: { cached_tokens: 3 },
  }
  const end = { ...chunk({}, finish), usage }
  return events([...deltas.map((delta) => chunk(delta, null)), end])
}

function anthropic(texts: readonly string[], stop: string): Answers {
  const message = { id: 'm', type: 'message', role: 'assistant', model: 'm', content: [], stop_reason: null }
  const start = { type: 'message_start', message: { ...message, usage: { input_tokens: 9, output_tokens: 1 } } }
  return events([
    start,
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'ping' },
    ...texts.map((text) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })),
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: stop, stop_sequence: null }, usage: { output_tokens: 5 } },
    { type: 'message_stop' },
  ])
}

const id = '01890000-0000-7000-8000-000000000001'

function journalOf(model: string): Journal {
  const output = {
    workspace: { id, name: 'Lead', role: '' },
    requesterName: 'Eve',
    prompt: { text: 'Be kind.', version: 1 },
    configVersion: 1,
    model,
    isRehearsal: false,
    contactPolicy: 'direct',
    peers: [],
    tools: ['look'],
    maxSteps: 5,
    rehearsal: [],
  }
  const context = { step: 0, kind: 'context', state: 'done', name: 'context', askedBy: null, call: null, childId: null }
  const steps = [{ ...context, input: null, output, error: null }]
  return Journal.parse({
    delegationId: id,
    workspaceId: id,
    state: 'running',
    task: 'When is low tide?',
    cancel: null,
    steps,
  })
}
