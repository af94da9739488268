import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError } from '#shared/kernel/app-error.ts'
import { openTelemetry, readTelemetry, traced } from './telemetry.ts'
import { tracedTool } from './tool-span.ts'

const got: { path: string; authorization: string | undefined; body: string }[] = []
let server: Server
let origin = ''

beforeAll(async () => {
  server = createServer(async (request, response) => {
    got.push({ path: request.url ?? '', authorization: request.headers.authorization, body: await text(request) })
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('nothing is traced unless the operator says so', () => {
  expect(readTelemetry({})).toBeNull()
  expect(readTelemetry({ LANGFUSE_PUBLIC_KEY: 'pk', OTEL_EXPORTER_OTLP_ENDPOINT: origin })).toBeNull()
  expect(() => readTelemetry({ DELEGRAPH_TRACES: 'langfuse' })).toThrow('LANGFUSE_SECRET_KEY')
  expect(() => readTelemetry({ DELEGRAPH_TRACES: 'jaeger' })).toThrow('otlp, langfuse or off')
  const otlp = { DELEGRAPH_TRACES: 'otlp', OTEL_EXPORTER_OTLP_HEADERS: 'x-team=a%20b,x-key=k=v' }
  expect(readTelemetry(otlp)).toEqual({
    url: 'http://127.0.0.1:4318/v1/traces',
    headers: { 'x-team': 'a b', 'x-key': 'k=v' },
    showsContents: false,
  })
})

test('Langfuse gets the spans at its own address, by the conventions, without contents', async () => {
  const env = { DELEGRAPH_TRACES: 'langfuse', LANGFUSE_BASE_URL: `${origin}/` }
  const settings = readTelemetry({ ...env, LANGFUSE_PUBLIC_KEY: 'pk', LANGFUSE_SECRET_KEY: 'sk' })
  if (!settings) throw new Error('it is on')
  const running = await openTelemetry(settings)
  const asked = { model: 'google:gemini-2.5-flash', about: { 'gen_ai.agent.name': 'Lead' } }
  await traced(
    running,
    asked,
    async () => 7,
    (tokens) => ({ 'gen_ai.usage.output_tokens': tokens }),
  )
  const failing = traced(
    running,
    asked,
    async () => Promise.reject(Object.assign(new Error('It had said: our margin is 7 %'), { kind: 'rate' })),
    () => ({}),
  )
  await expect(failing).rejects.toThrow('our margin')
  await running.stop()
  expect(got[0]).toMatchObject({ path: '/api/public/otel/v1/traces', authorization: `Basic ${btoa('pk:sk')}` })
  const body = got.map((one) => one.body).join('')
  for (const words of [
    'chat gemini-2.5-flash',
    'gcp.gemini',
    'gen_ai.usage.output_tokens',
    'gen_ai.agent.name',
    'error.type',
    'rate',
  ]) {
    expect(body).toContain(words)
  }
  expect(body).not.toContain('messages')
  expect(body).not.toContain('our margin')
})

test.each([false, true])(
  'a tool call is a span of its own; its contents only where asked for (%s), and masked',
  async (showsContents) => {
    got.length = 0
    const running = await openTelemetry({ url: `${origin}/v1/traces`, headers: {}, showsContents })
    const called = {
      tool: { name: 'remember', description: 'Keeps something.' },
      call: { id: 'call_1', args: '{"text":"Tides sk-c4n4ry"}' },
      agent: { delegationId: 'd-1', workspaceId: 'w-1', name: 'Lead' },
      mask: (text: string) => text.replaceAll('sk-c4n4ry', '[secret KEY]'),
    }
    const kept = async () => 'Kept sk-c4n4ry.'
    expect(await tracedTool(called, kept, (text) => text, running)).toBe('Kept sk-c4n4ry.')
    const refused = async () => Promise.reject<string>(new AppError('forbidden', 'Not sk-c4n4ry here.'))
    await expect(tracedTool(called, refused, (text) => text, running)).rejects.toThrow('Not sk-c4n4ry')
    await running.stop()
    const body = got.map((one) => one.body).join('')
    for (const words of ['execute_tool remember', 'gen_ai.tool.call.id', 'call_1', 'gen_ai.agent.name', 'forbidden']) {
      expect(body).toContain(words)
    }
    expect(body).not.toContain('sk-c4n4ry')
    expect(body.includes('Tides [secret KEY]')).toBe(showsContents)
    expect(body.includes('Kept [secret KEY].')).toBe(showsContents)
    expect(body.includes('Not [secret KEY] here.')).toBe(showsContents)
  },
)
