import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { crc32c } from '../../kernel/vault/key-providers/crc32c.ts'
import { type Answered, openLoopbackService } from './loopback-service.ts'
import { openWith, sealWith } from './sealing.ts'

export const gcpKey = 'projects/acme/locations/europe-west3/keyRings/delegraph/cryptoKeys/data-keys'

const Call = z.object({
  plaintext: z.string().optional(),
  plaintextCrc32c: z.string().optional(),
  ciphertext: z.string().optional(),
  ciphertextCrc32c: z.string().optional(),
  additionalAuthenticatedData: z.string(),
})

/** Google's token endpoint (workload identity, RFC 8693) and Cloud KMS v1: cryptoKeys.encrypt and .decrypt with int64 as text. */
export async function openGcpKmsService() {
  const key = randomBytes(32)
  const state = { tokens: new Set<string>() }
  const service = await openLoopbackService(({ path, headers, body }) => {
    if (path === '/token') {
      const asked = new URLSearchParams(body)
      if (asked.get('subject_token') !== 'subject') return { status: 400, body: { error: 'invalid_grant' } }
      const token = randomBytes(12).toString('hex')
      state.tokens.add(token)
      const issued = { issued_token_type: 'urn:ietf:params:oauth:token-type:access_token', token_type: 'Bearer' }
      return { status: 200, body: { access_token: token, expires_in: 3600, ...issued } }
    }
    if (!state.tokens.has(String(headers.authorization).replace('Bearer ', '')))
      return gcpRefusal(401, 'UNAUTHENTICATED')
    const [at, verb] = path.replace('/v1/', '').split(':')
    if (at !== gcpKey) return gcpRefusal(404, 'NOT_FOUND')
    const call = Call.parse(JSON.parse(body))
    if (verb === 'encrypt' && call.plaintext) {
      const plain = Buffer.from(call.plaintext, 'base64')
      const sealed = sealWith(key, call.additionalAuthenticatedData, plain)
      const verified = call.plaintextCrc32c === String(crc32c(plain))
      return {
        status: 200,
        body: {
          name: `${gcpKey}/cryptoKeyVersions/4`,
          ciphertext: sealed.toString('base64'),
          ciphertextCrc32c: String(crc32c(sealed)),
          verifiedPlaintextCrc32c: verified,
        },
      }
    }
    const plain = openWith(key, call.additionalAuthenticatedData, Buffer.from(call.ciphertext ?? '', 'base64'))
    if (!plain) return gcpRefusal(400, 'INVALID_ARGUMENT')
    return { status: 200, body: { plaintext: plain.toString('base64'), plaintextCrc32c: String(crc32c(plain)) } }
  })
  return { ...service, state }
}

export function gcpRefusal(code: number, status: string): Answered {
  return { status: code, body: { error: { code, status, message: 'as the service says it' } } }
}

/** Credentials of a workload outside Google, whose token endpoint is ours. */
export function writeGcpCredentials(dir: string, serviceUrl: string): string {
  const subject = join(dir, 'subject-token')
  const file = join(dir, 'credentials.json')
  writeFileSync(subject, 'subject')
  writeFileSync(
    file,
    JSON.stringify({
      type: 'external_account',
      audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/o',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: `${serviceUrl}/token`,
      credential_source: { file: subject },
    }),
  )
  return file
}
