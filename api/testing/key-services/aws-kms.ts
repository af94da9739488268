import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type Answered, type Asked, openLoopbackService } from './loopback-service.ts'
import { openWith, sealWith } from './sealing.ts'

export const awsKey = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'

const Call = z.object({
  KeyId: z.string(),
  Plaintext: z.string().optional(),
  CiphertextBlob: z.string().optional(),
  EncryptionContext: z.record(z.string(), z.string()),
})

/** Speaks the AWS JSON 1.1 protocol of KMS: Encrypt and Decrypt with one symmetric key, for signed requests. */
export async function openAwsKmsService() {
  const key = randomBytes(32)
  return await openLoopbackService((asked) => {
    const wrong = checkSignature(asked)
    if (wrong) return refusal(400, wrong)
    const call = Call.parse(JSON.parse(asked.body))
    if (call.KeyId !== awsKey && call.KeyId !== 'alias/delegraph') return refusal(400, 'NotFoundException')
    const context = JSON.stringify(Object.entries(call.EncryptionContext).sort())
    const target = asked.headers['x-amz-target']
    if (target === 'TrentService.Encrypt' && call.Plaintext) {
      const CiphertextBlob = sealWith(key, context, Buffer.from(call.Plaintext, 'base64')).toString('base64')
      return { status: 200, body: { CiphertextBlob, KeyId: awsKey, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' } }
    }
    if (target === 'TrentService.Decrypt' && call.CiphertextBlob) {
      const plain = openWith(key, context, Buffer.from(call.CiphertextBlob, 'base64'))
      if (!plain) return refusal(400, 'InvalidCiphertextException')
      return { status: 200, body: { Plaintext: plain.toString('base64'), KeyId: awsKey } }
    }
    return refusal(400, 'UnknownOperationException')
  })
}

function checkSignature({ headers }: Asked): string | undefined {
  if (headers['content-type'] !== 'application/x-amz-json-1.1') return 'SerializationException'
  const signed =
    /^AWS4-HMAC-SHA256 Credential=[\w]+\/\d{8}\/eu-central-1\/kms\/aws4_request, SignedHeaders=([\w;-]+), Signature=[0-9a-f]{64}$/
  const found = signed.exec(headers.authorization ?? '')
  const names = found?.[1]?.split(';') ?? []
  const isWhole = ['host', 'x-amz-date', 'x-amz-target'].every((name) => names.includes(name))
  return isWhole && headers['x-amz-date'] ? undefined : 'IncompleteSignatureException'
}

/** As KMS says no: the name of the error in `__type`. */
export function refusal(status: number, name: string): Answered {
  return { status, body: { __type: name, message: 'as the service says it' } }
}
