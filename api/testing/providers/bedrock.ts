import { crc32 } from 'node:zlib'
import { bearer, type Turn, usual, type Wire } from './wire.ts'

/** Bedrock's converse-stream: AWS's binary frames, each with two checksums around headers and JSON. */
export const bedrock: Wire = {
  provider: 'bedrock',
  model: 'bedrock:anthropic.claude-sonnet-4-5-20250929-v1:0',
  secrets: (port, key) => [
    { name: 'AWS_BEARER_TOKEN_BEDROCK', value: key },
    { name: 'BEDROCK_BASE_URL', value: `http://127.0.0.1:${port}` },
  ],
  path: /^\/model\/[^/]+\/converse-stream$/,
  carries: bearer,
  type: 'application/vnd.amazon.eventstream',
  pieces: (turn) => {
    const { texts = [], calls = [], usage = usual } = turn
    return [
      frame('messageStart', { role: 'assistant' }),
      ...texts.map((text) => frame('contentBlockDelta', { contentBlockIndex: 0, delta: { text } })),
      ...(texts.length > 0 ? [frame('contentBlockStop', { contentBlockIndex: 0 })] : []),
      ...calls.flatMap(({ id, name, args }, index) => [
        frame('contentBlockStart', { contentBlockIndex: index + 1, start: { toolUse: { toolUseId: id, name } } }),
        ...(args.match(/[\s\S]{1,7}/g) ?? []).map((input) =>
          frame('contentBlockDelta', { contentBlockIndex: index + 1, delta: { toolUse: { input } } }),
        ),
        frame('contentBlockStop', { contentBlockIndex: index + 1 }),
      ]),
      frame('messageStop', { stopReason: calls.length > 0 ? 'tool_use' : 'end_turn' }),
      frame('metadata', { usage: counts(usage), metrics: { latencyMs: 12 } }),
    ]
  },
  refusal: (_status, message) => ({ message, type: 'stand_in' }),
}

function counts({ input, output, cacheRead = 0, cacheWrite = 0 }: NonNullable<Turn['usage']>): object {
  return {
    inputTokens: input - cacheRead - cacheWrite,
    outputTokens: output,
    totalTokens: input + output,
    cacheReadInputTokens: cacheRead,
    cacheWriteInputTokens: cacheWrite,
  }
}

function frame(event: string, payload: object): Buffer {
  const headers = Buffer.concat([
    header(':event-type', event),
    header(':content-type', 'application/json'),
    header(':message-type', 'event'),
  ])
  const body = Buffer.from(JSON.stringify(payload))
  const total = 16 + headers.length + body.length
  const prelude = Buffer.concat([uint32(total), uint32(headers.length)])
  const upToEnd = Buffer.concat([prelude, uint32(crc32(prelude)), headers, body])
  return Buffer.concat([upToEnd, uint32(crc32(upToEnd))])
}

/** The seventh type of value is a text. */
function header(name: string, value: string): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(Buffer.byteLength(value))
  return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from([7]), length, Buffer.from(value)])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
