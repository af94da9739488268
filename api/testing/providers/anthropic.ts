import { sse, type Turn, usual, type Wire } from './wire.ts'

const said = (type: string, more: object) => sse({ type, ...more }, type)

/** Anthropic's messages: named events, and counts that leave out what came from, or went to, the cache. */
export const anthropic: Wire = {
  provider: 'anthropic',
  model: 'anthropic:claude-sonnet-4-5',
  secrets: (port, key) => [
    { name: 'ANTHROPIC_API_KEY', value: key },
    { name: 'ANTHROPIC_BASE_URL', value: `http://127.0.0.1:${port}` },
  ],
  path: /^\/v1\/messages$/,
  carries: (headers, key) => headers['x-api-key'] === key,
  type: 'text/event-stream',
  pieces: (turn) => {
    const { texts = [], calls = [], usage = usual } = turn
    return [
      said('message_start', { message: message(usage) }),
      said('ping', {}),
      ...(texts.length > 0 ? block(0, { type: 'text', text: '' }, texts.map(text)) : []),
      ...calls.flatMap(({ id, name, args }, index) =>
        block(index + 1, { type: 'tool_use', id, name, input: {} }, (args.match(/[\s\S]{1,7}/g) ?? []).map(json)),
      ),
      said('message_delta', {
        delta: { stop_reason: calls.length > 0 ? 'tool_use' : 'end_turn', stop_sequence: null },
        usage: { output_tokens: usage.output },
      }),
      said('message_stop', {}),
    ]
  },
  refusal: (_status, words) => ({ type: 'error', error: { type: 'stand_in', message: words } }),
}

function message({ input, cacheRead = 0, cacheWrite = 0 }: NonNullable<Turn['usage']>): object {
  const usage = {
    input_tokens: input - cacheRead - cacheWrite,
    cache_read_input_tokens: cacheRead,
    cache_creation_input_tokens: cacheWrite,
    output_tokens: 1,
  }
  const nothing = { content: [], stop_reason: null, stop_sequence: null }
  return { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-stand-in', ...nothing, usage }
}

function block(index: number, begin: object, deltas: readonly object[]): string[] {
  return [
    said('content_block_start', { index, content_block: begin }),
    ...deltas.map((delta) => said('content_block_delta', { index, delta })),
    said('content_block_stop', { index }),
  ]
}

function text(piece: string): object {
  return { type: 'text_delta', text: piece }
}

function json(piece: string): object {
  return { type: 'input_json_delta', partial_json: piece }
}
