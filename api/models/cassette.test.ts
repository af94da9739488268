import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import {
  APICallError,
  type LanguageModelV4,
  type LanguageModelV4CallOptions,
  type LanguageModelV4StreamPart,
} from '@ai-sdk/provider'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { CassetteMiss, recordCassette, replayCassette } from './cassette.ts'

const key = 'sk-live-0123456789abcdefghijklmnop'
let folder: string
let server: Server
let baseURL: string
let asked: string[] = []
let path: string
let tapes = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cassette-'))
  server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    asked.push(body)
    if (body.includes('overload')) {
      response.writeHead(429, { 'content-type': 'application/json' })
      return response.end(JSON.stringify({ error: { message: `Slow down, ${key}`, type: 'rate_limit' } }))
    }
    if (body.includes('"stream":true')) {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const content of ['Low ', 'tide']) response.write(`data: ${JSON.stringify(chunkOf({ content }, null))}\n\n`)
      response.write(`data: ${JSON.stringify(chunkOf({}, 'stop'))}\n\n`)
      return response.end('data: [DONE]\n\n')
    }
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(completion(`Answer ${asked.length}`)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  baseURL = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/v1`
})
beforeEach(() => {
  asked = []
  path = join(folder, `${tapes++}.json`)
})
afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

test('what was recorded over the wire is played back without it', async () => {
  const recording = recordCassette(model(), path)
  const first = await recording.doGenerate(say('When is low tide?'))
  const second = await recording.doGenerate(say('When is low tide?'))
  expect(asked).toHaveLength(2)

  const playing = await replayCassette(path)
  expect((await playing.doGenerate(say('When is low tide?'))).content).toEqual(first.content)
  const again = await playing.doGenerate(say('When is low tide?'))
  expect(again).toMatchObject({ content: second.content, finishReason: second.finishReason })
  expect(again.usage.inputTokens.total).toBe(second.usage.inputTokens.total)
  expect(asked).toHaveLength(2)
})

test('a stream is recorded part by part', async () => {
  const live = await partsOf(recordCassette(model(), path))
  const played = await partsOf(await replayCassette(path))
  const words = (parts: typeof live) => parts.flatMap((part) => (part.type === 'text-delta' ? [part.delta] : []))
  expect(words(live)).toEqual(['Low ', 'tide'])
  expect(words(played)).toEqual(words(live))
  expect(played.map((part) => part.type)).toEqual(live.map((part) => part.type))
})

test('a failure of the provider is played back as that failure', async () => {
  await expect(recordCassette(model(), path).doGenerate(say('overload'))).rejects.toThrow('Slow down')
  const failure = await (await replayCassette(path)).doGenerate(say('overload')).then(undefined, (error) => error)
  expect(APICallError.isInstance(failure)).toBe(true)
  expect(failure).toMatchObject({ statusCode: 429, isRetryable: true })
})

test('no key reaches the file, and a key in the words does not hinder the match', async () => {
  const recording = recordCassette(model(), path)
  await recording.doGenerate({ ...say(`My key is ${key}`), headers: { Authorization: `Bearer ${key}` } })
  await expect(recording.doGenerate(say('overload'))).rejects.toThrow('Slow down')
  const written = await readFile(path, 'utf8')
  expect(written).not.toContain(key)
  expect(written).toContain('[redacted]')
  const other = key.replace('0123', '9876')
  await expect((await replayCassette(path)).doGenerate(say(`My key is ${other}`))).resolves.toBeDefined()
})

test('a redaction of one’s own takes the place of ours', async () => {
  const redact = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll('Atlantis', '[place]'))
  await recordCassette(model(), path, redact).doGenerate(say('Tide in Atlantis?'))
  expect(await readFile(path, 'utf8')).not.toContain('Atlantis')
  await expect((await replayCassette(path, redact)).doGenerate(say('Tide in Atlantis?'))).resolves.toBeDefined()
})

test('a miss is an error that names the nearest difference', async () => {
  const recording = recordCassette(model(), path)
  await recording.doGenerate(say('Name a river'))
  await recording.doGenerate({ ...say('Name a lake'), temperature: 0 })
  const playing = await replayCassette(path)
  await expect(playing.doGenerate({ ...say('Name a lake'), temperature: 1 })).rejects.toThrow(
    'Nearest is call 2; request.temperature was 0 and is 1.',
  )
  await expect(playing.doGenerate(say('Name a mountain'))).rejects.toBeInstanceOf(CassetteMiss)
  await expect(playing.doStream(say('Name a river'))).rejects.toThrow('how was "generate" and is "stream"')
  await playing.doGenerate(say('Name a river'))
  await expect(playing.doGenerate(say('Name a river'))).rejects.toThrow('made less often than now')
})

async function partsOf(asked: LanguageModelV4): Promise<LanguageModelV4StreamPart[]> {
  const parts: LanguageModelV4StreamPart[] = []
  for await (const part of (await asked.doStream(say('Tide?'))).stream) parts.push(part)
  return parts
}

function model() {
  return createOpenAICompatible({ name: 'acme', baseURL, apiKey: key }).chatModel('tides-1')
}

function say(text: string): LanguageModelV4CallOptions {
  return { prompt: [{ role: 'user', content: [{ type: 'text', text }] }] }
}

function completion(content: string) {
  const message = { role: 'assistant', content }
  const usage = { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 }
  return { id: 'c1', created: 1, model: 'tides-1', choices: [{ index: 0, message, finish_reason: 'stop' }], usage }
}

function chunkOf(delta: object, finish_reason: string | null) {
  return { id: 'c1', created: 1, model: 'tides-1', choices: [{ index: 0, delta, finish_reason }] }
}
