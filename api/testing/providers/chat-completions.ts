import { bearer, sse, type Turn, usual, type Wire } from './wire.ts'

const at = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'stand-in' }
const refusal = (status: number, message: string) => ({ error: { message, type: 'stand_in', code: status } })
const chunk = (delta: object, finish: string | null = null, more: object = {}) =>
  sse({ ...at, choices: [{ index: 0, delta, finish_reason: finish }], ...more })

/** OpenAI's chat completions, its calls in pieces and its counts in a chunk of their own. */
const openai: Wire = {
  provider: 'openai',
  model: 'openai:gpt-4o',
  secrets: (port, key) => [
    { name: 'OPENAI_API_KEY', value: key },
    { name: 'OPENAI_BASE_URL', value: `http://127.0.0.1:${port}/v1` },
  ],
  path: /^\/v1\/chat\/completions$/,
  carries: bearer,
  type: 'text/event-stream',
  pieces: (turn) => [
    chunk({ role: 'assistant', content: '' }),
    ...(turn.texts ?? []).map((content) => chunk({ content })),
    ...callsInPieces(turn),
    chunk({}, turn.calls ? 'tool_calls' : 'stop'),
    sse({ ...at, choices: [], usage: counts(turn) }),
    'data: [DONE]\n\n',
  ],
  refusal,
}

const compatible: Wire = {
  ...openai,
  provider: 'acme',
  model: 'acme:tides-1',
  secrets: (port, key) => [
    { name: 'OPENAI_COMPATIBLE_BASE_URL', value: `http://127.0.0.1:${port}/v1` },
    { name: 'OPENAI_COMPATIBLE_NAME', value: 'acme' },
    { name: 'OPENAI_COMPATIBLE_KEY', value: key },
  ],
}

/** Its counts come with the last chunk, under a name of its own. */
const groq: Wire = {
  ...openai,
  provider: 'groq',
  model: 'groq:llama-3.3-70b-versatile',
  secrets: (port, key) => [
    { name: 'GROQ_API_KEY', value: key },
    { name: 'GROQ_BASE_URL', value: `http://127.0.0.1:${port}/openai/v1` },
  ],
  path: /^\/openai\/v1\/chat\/completions$/,
  pieces: (turn) => [
    chunk({ role: 'assistant', content: '' }),
    ...(turn.texts ?? []).map((content) => chunk({ content })),
    ...(turn.calls ?? []).map((call, index) => chunk({ tool_calls: [wholeCall(call, index)] })),
    chunk({}, turn.calls ? 'tool_calls' : 'stop', { x_groq: { id: 'req_1', usage: counts(turn) } }),
    'data: [DONE]\n\n',
  ],
}

/** Calls come whole, the counts with the last chunk. */
const mistral: Wire = {
  ...openai,
  provider: 'mistral',
  model: 'mistral:mistral-large-latest',
  secrets: (port, key) => [
    { name: 'MISTRAL_API_KEY', value: key },
    { name: 'MISTRAL_BASE_URL', value: `http://127.0.0.1:${port}/v1` },
  ],
  pieces: (turn) => [
    chunk({ role: 'assistant', content: '' }),
    ...(turn.texts ?? []).map((content) => chunk({ content })),
    ...(turn.calls ?? []).map((call, index) => chunk({ content: '', tool_calls: [wholeCall(call, index)] })),
    chunk({ content: '' }, turn.calls ? 'tool_calls' : 'stop', { usage: counts(turn) }),
    'data: [DONE]\n\n',
  ],
  refusal: (_status, message) => ({ object: 'error', message, type: 'stand_in', param: null, code: null }),
}

const openrouter: Wire = {
  ...openai,
  provider: 'openrouter',
  model: 'openrouter:anthropic/claude-sonnet-4.5',
  secrets: (port, key) => [
    { name: 'OPENROUTER_API_KEY', value: key },
    { name: 'OPENROUTER_BASE_URL', value: `http://127.0.0.1:${port}/api/v1` },
  ],
  path: /^\/api\/v1\/chat\/completions$/,
  pieces: (turn) => [
    ': OPENROUTER PROCESSING\n\n',
    chunk({ role: 'assistant', content: '' }, null, { provider: 'Anthropic' }),
    ...(turn.texts ?? []).map((content) => chunk({ role: 'assistant', content })),
    ...callsInPieces(turn),
    chunk({ role: 'assistant', content: '' }, turn.calls ? 'tool_calls' : 'stop', { usage: counts(turn) }),
    'data: [DONE]\n\n',
  ],
}

export const chatWires: readonly Wire[] = [openai, compatible, groq, mistral, openrouter]

type Call = NonNullable<Turn['calls']>[number]

function wholeCall({ id, name, args }: Call, index: number): object {
  return { index, id, type: 'function', function: { name, arguments: args } }
}

function callsInPieces({ calls = [] }: Turn): string[] {
  return calls.flatMap((call, index) => [
    chunk({ tool_calls: [wholeCall({ ...call, args: '' }, index)] }),
    ...(call.args.match(/[\s\S]{1,7}/g) ?? []).map((piece) =>
      chunk({ tool_calls: [{ index, function: { arguments: piece } }] }),
    ),
  ])
}

function counts({ usage = usual }: Turn): object {
  return {
    prompt_tokens: usage.input,
    completion_tokens: usage.output,
    total_tokens: usage.input + usage.output,
    ...(usage.cacheRead !== undefined && { prompt_tokens_details: { cached_tokens: usage.cacheRead } }),
  }
}
