import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { awsKey, openAwsKmsService, refusal } from '../../../testing/key-services/aws-kms.ts'
import type { LoopbackService } from '../../../testing/key-services/loopback-service.ts'
import { openAwsKms } from './aws-kms.ts'

let service: LoopbackService
beforeAll(async () => {
  process.env.AWS_ACCESS_KEY_ID = 'AKIDEXAMPLE'
  process.env.AWS_SECRET_ACCESS_KEY = 'not-a-secret'
  service = await openAwsKmsService()
})
afterAll(() => service.stop())
beforeEach(() => {
  service.asked.length = 0
  service.mishaps.length = 0
})

const open = (over: { key?: string; timeoutMs?: number } = {}) =>
  openAwsKms({ key: awsKey, region: 'eu-central-1', endpoint: service.url, timeoutMs: 400, ...over })

test('a data key comes back as it was, wrapped by the key that its ARN names', async () => {
  const dataKey = new Uint8Array(randomBytes(32))
  const kept = await open({ key: 'alias/delegraph' }).wrap(dataKey)
  expect(kept.keyId).toBe(`aws-kms:${awsKey}`)
  expect(Buffer.from(kept.wrapped).includes(Buffer.from(dataKey))).toBe(false)
  expect(await open().unwrap(kept)).toEqual(dataKey)
  expect(service.asked.map(({ headers }) => headers['x-amz-target'])).toEqual([
    'TrentService.Encrypt',
    'TrentService.Decrypt',
  ])
})

test('a wrapped key that was changed is refused, and asked for once only', async () => {
  const kept = await open().wrap(randomBytes(32))
  const changed = Uint8Array.from(kept.wrapped, (byte, index) => (index === 40 ? byte ^ 1 : byte))
  await expect(open().unwrap({ ...kept, wrapped: changed })).rejects.toMatchObject({
    code: 'unavailable',
    data: { isDamaged: true },
    message: expect.stringContaining('was changed'),
  })
  expect(service.asked).toHaveLength(2)
})

test.each([
  ['AccessDeniedException', 'kms:Encrypt'],
  ['DisabledException', 'Enable it'],
  ['ExpiredTokenException', 'fresh AWS credentials'],
])('%s says what to do about it', async (name, fix) => {
  service.mishaps.push(refusal(400, name))
  await expect(open().wrap(randomBytes(32))).rejects.toMatchObject({
    code: 'unavailable',
    fix: expect.stringContaining(fix),
  })
  expect(service.asked).toHaveLength(1)
})

test('throttling, silence, a cut connection and half an answer are got over once', async () => {
  for (const mishap of [refusal(400, 'ThrottlingException'), 'silence', 'cut', 'half'] as const) {
    service.mishaps.push(mishap)
    const kept = await open().wrap(randomBytes(32))
    expect(kept.keyId).toBe(`aws-kms:${awsKey}`)
  }
  expect(service.asked).toHaveLength(8)
})

test('what does not pass is told in words, without the data key', async () => {
  const dataKey = randomBytes(32)
  service.mishaps.push('silence', 'silence')
  const error: unknown = await open()
    .wrap(dataKey)
    .catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code: 'unavailable', fix: expect.stringContaining('AWS_REGION') })
  expect(String(error)).not.toContain(dataKey.toString('base64'))
})
