import { bearer, usual, type Wire } from './wire.ts'

const at = { model: 'llama3.2', created_at: '2026-01-01T00:00:00.000000Z' }
const line = (said: object) => `${JSON.stringify({ ...at, ...said })}\n`

/** Ollama's chat: a line of JSON a piece, calls whole and with arguments as an object. */
export const ollama: Wire = {
  provider: 'ollama',
  model: 'ollama:llama3.2',
  secrets: (port, key) => [
    { name: 'OLLAMA_BASE_URL', value: `http://127.0.0.1:${port}/api` },
    { name: 'OLLAMA_API_KEY', value: key },
  ],
  path: /^\/api\/chat$/,
  carries: bearer,
  type: 'application/x-ndjson',
  pieces: ({ texts = [], calls = [], usage = usual }) => [
    ...texts.map((content) => line({ message: { role: 'assistant', content }, done: false })),
    ...calls.map(({ name, args }) =>
      line({
        message: {
          role: 'assistant',
          content: '',
          tool_calls: [{ function: { name, arguments: JSON.parse(args || '{}') } }],
        },
        done: false,
      }),
    ),
    line({
      ...{ message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop' },
      ...{ total_duration: 5e9, load_duration: 1e9, prompt_eval_duration: 1e9, eval_duration: 1e9 },
      ...{ prompt_eval_count: usage.input, eval_count: usage.output },
    }),
  ],
  refusal: (_status, message) => ({ error: message }),
}
