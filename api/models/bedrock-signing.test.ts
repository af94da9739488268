import { createServer, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { signatureOf } from '../testing/providers/aws-signature.ts'
import { bedrock } from '../testing/providers/bedrock.ts'
import { speak } from '../testing/providers/wire.ts'
import { connectionFor, type OpenedSecret } from './connections.ts'
import { connect } from './registry.ts'

const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const asked: { path: string; headers: Record<string, string | string[] | undefined>; body: string }[] = []
let server: Server
let url = ''

beforeAll(async () => {
  server = createServer(async (request, response) => {
    asked.push({ path: request.url ?? '', headers: request.headers, body: await text(request) })
    speak(response, bedrock, { texts: ['Low tide.'] })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  url = `http://127.0.0.1:${port}`
  vi.stubEnv('DELEGRAPH_ALLOWED_ADDRESSES', `127.0.0.1:${port}`)
})
afterEach(() => {
  asked.length = 0
})
afterAll(() => {
  vi.unstubAllEnvs()
  server.closeAllConnections()
  server.close()
})

test("the check of signatures gives what AWS's own test vector gives", () => {
  const signed = 'host;x-amz-date'
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${signed}, Signature=`
  const headers = { authorization, host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' }
  expect(signatureOf({ method: 'GET', path: '/', headers, body: '' }, secret)).toBe(
    '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  )
})

test.each([undefined, 'IQoJb3JpZ2luX2VjEJr//session=='])(
  'a call is signed with the two keys; a session token goes along: %s',
  async (session) => {
    // Keys of the machine are nobody's business.
    vi.stubEnv('AWS_SESSION_TOKEN', 'of-the-machine')
    vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', '')
    await call({
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: secret,
      BEDROCK_REGION: 'eu-central-1',
      ...(session && { AWS_SESSION_TOKEN: session }),
    })
    const [one] = asked
    if (!one) throw new Error('nothing was asked')
    const authorization = String(one.headers.authorization)
    expect(authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/bedrock\/aws4_request/,
    )
    expect(authorization).toMatch(new RegExp(`Signature=${signatureOf({ method: 'POST', ...one }, secret)}$`))
    expect(one.headers['x-amz-security-token']).toBe(session)
    expect(JSON.stringify(one)).not.toContain(secret)
  },
)

test("a key of Bedrock's own goes before, and half a pair is told by name", async () => {
  await call({ AWS_BEARER_TOKEN_BEDROCK: 'ABSK-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: secret })
  expect(asked[0]?.headers.authorization).toBe('Bearer ABSK-1')
  expect(() => connectionFor(bedrock.model, opened({ AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE' }))).toThrow(
    'AWS_SECRET_ACCESS_KEY is not set',
  )
})

test("what is signed with the organisation's keys is not sent to an address a workspace chose", () => {
  const keys = opened({ AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: secret })
  const own = { ...keys, BEDROCK_BASE_URL: { value: url, isOwn: true } }
  expect(() => connectionFor(bedrock.model, own)).toThrow('which is not sent there')
})

async function call(values: Readonly<Record<string, string>>): Promise<void> {
  const connection = connectionFor(bedrock.model, opened(values))
  const model = await connect(bedrock.model, connection, 5_000)
  const { stream } = await model.doStream({ prompt: [{ role: 'user', content: [{ type: 'text', text: 'When?' }] }] })
  for await (const _part of stream);
}

function opened(values: Readonly<Record<string, string>>): Record<string, OpenedSecret> {
  const all = Object.entries({ ...values, BEDROCK_BASE_URL: url })
  return Object.fromEntries(all.map(([name, value]) => [name, { value, isOwn: false }]))
}
