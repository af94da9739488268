import { sse, type Turn, usual, type Wire } from './wire.ts'

/** Gemini's `streamGenerateContent?alt=sse`: calls come whole and without ids, the finish reason says STOP for them too. */
export const google: Wire = {
  provider: 'google',
  model: 'google:gemini-2.5-flash',
  secrets: (port, key) => [
    { name: 'GEMINI_API_KEY', value: key },
    { name: 'GEMINI_BASE_URL', value: `http://127.0.0.1:${port}/v1beta` },
  ],
  path: /^\/v1beta\/models\/gemini-2\.5-flash:streamGenerateContent\?alt=sse$/,
  carries: (headers, key) => headers['x-goog-api-key'] === key,
  type: 'text/event-stream',
  pieces: (turn) => [
    ...(turn.texts ?? []).map((text) => answer([{ text }])),
    ...(turn.calls ?? []).map(({ name, args }) => answer([{ functionCall: { name, args: JSON.parse(args || '{}') } }])),
    answer([{ text: '' }], 'STOP', counts(turn)),
  ],
  refusal: (code, message) => ({ error: { code, message, status: 'STAND_IN' } }),
}

function answer(parts: readonly object[], finishReason?: string, usageMetadata?: object): string {
  const candidate = { content: { role: 'model', parts }, index: 0, ...(finishReason && { finishReason }) }
  return sse({ candidates: [candidate], ...(usageMetadata && { usageMetadata }), modelVersion: 'stand-in' })
}

function counts({ usage = usual }: Turn): object {
  return {
    promptTokenCount: usage.input,
    candidatesTokenCount: usage.output,
    totalTokenCount: usage.input + usage.output,
    ...(usage.cacheRead !== undefined && { cachedContentTokenCount: usage.cacheRead }),
  }
}
