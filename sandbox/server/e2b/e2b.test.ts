import { afterAll, describe, expect, test } from 'vitest'
import { contractCases, contractLimits } from '../../contract-suite.ts'
import { startE2bStandIn } from '../testing/e2b-stand-in.ts'
import { openImage } from '../testing/image.ts'
import { bootOf, inSessionOf } from '../testing/in-session.ts'
import { endEnvelope, envelope, readEnvelopes } from './connect.ts'
import { createE2b } from './e2b.ts'

const image = openImage()
if ('reason' in image) process.stdout.write(`skipped: e2b against a stand-in: ${image.reason}\n`)
process.stdout.write('skipped: e2b live: it wants a key and the internet; its wire format is met by a stand-in\n')

describe.skipIf('reason' in image)('e2b, against a stand-in for the service', { timeout: 20_000 }, async () => {
  if ('reason' in image) return
  const service = await startE2bStandIn(image, 'key-of-the-stand-in')
  const url = `http://127.0.0.1:${service.port}`
  const settings = { apiUrl: url, sandboxUrl: url, apiKey: 'key-of-the-stand-in', template: 'ours', domain: 'e2b.app' }
  const sandbox = createE2b(settings, contractLimits)
  afterAll(() => {
    sandbox.close()
    service.close()
    image.close()
  })

  test.each(contractCases(sandbox.capabilities).map((each) => [each.name, each] as const))('%s', async (_, each) => {
    await inSessionOf(sandbox, (session) => each.run(session, () => bootOf(sandbox)))
  })

  test('asks for a machine without internet that ends by itself, and leaves none behind', async () => {
    await inSessionOf(sandbox, (session) => session.run({ language: 'python', code: 'print(1)' }))
    expect(service.created.at(-1)).toMatchObject({ templateID: 'ours', secure: true, allow_internet_access: false })
    while (service.machines() > 0) await new Promise((next) => setImmediate(next))
  })

  test('a key that is not known is said by the probe, and nothing runs', async () => {
    const other = createE2b({ ...settings, apiKey: 'wrong' })
    expect(await other.probe()).toMatchObject({
      state: 'unavailable',
      reason: expect.stringContaining('Invalid API key'),
    })
    expect(await other.boot()).toMatchObject({ state: 'unavailable' })
  })
})

test('a stream that ends in an error, or without an end, is told', async () => {
  const read = async (...parts: Buffer[]) => {
    const seen: unknown[] = []
    for await (const message of readEnvelopes(streamOf(parts))) seen.push(message)
    return seen
  }
  const [first, end] = [envelope({ n: 1 }), endEnvelope()]
  expect(await read(first.subarray(0, 3), first.subarray(3), end)).toEqual([{ n: 1 }])
  await expect(read(first)).rejects.toThrow('broke off')
  await expect(read(endEnvelope({ code: 'unavailable', message: 'gone' }))).rejects.toThrow('gone')
})

async function* streamOf(parts: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* parts
}
