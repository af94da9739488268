import { createPublicKey, type JsonWebKeyInput, verify } from 'node:crypto'
import { z } from 'zod'

/** What a provider says of a person, after its signature was checked. */
export type Claims = { sub: string; email: string | null; isEmailVerified: boolean; name: string | null }

export type PublicKey = JsonWebKeyInput['key']
export type FindKey = (kid: string | undefined) => Promise<PublicKey>

type Expected = { issuer: string; clientId: string; nonce: string }

const algorithms = {
  RS256: (data: Buffer, key: PublicKey, signature: Buffer) =>
    key.kty === 'RSA' && verify('sha256', data, createPublicKey({ key, format: 'jwk' }), signature),
  ES256: (data: Buffer, key: PublicKey, signature: Buffer) =>
    key.kty === 'EC' &&
    key.crv === 'P-256' &&
    verify('sha256', data, { key: createPublicKey({ key, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }, signature),
} as const

const Header = z.looseObject({ alg: z.enum(['RS256', 'ES256']), kid: z.string().optional() })
const Payload = z.looseObject({
  iss: z.string(),
  sub: z.string().min(1).max(255),
  aud: z.union([z.string(), z.array(z.string())]),
  azp: z.string().optional(),
  exp: z.number(),
  iat: z.number(),
  nonce: z.string().optional(),
  email: z.string().optional(),
  email_verified: z.union([z.boolean(), z.literal('true'), z.literal('false')]).optional(),
  name: z.string().optional(),
})

const clockSkewSeconds = 60

/** Checks signature, issuer, audience, time and nonce (OpenID Connect Core 1.0, section 3.1.3.7). Throws what is wrong. */
export async function verifyIdToken(token: string, findKey: FindKey, expected: Expected): Promise<Claims> {
  const [head, body, signature, ...more] = token.split('.')
  if (!head || !body || !signature || more.length > 0) throw new Error('the id_token is no signed token')
  const { alg, kid } = Header.parse(decode(head))
  const data = Buffer.from(`${head}.${body}`)
  if (!algorithms[alg](data, await findKey(kid), Buffer.from(signature, 'base64url'))) {
    throw new Error('the signature of the id_token is wrong')
  }
  const payload = Payload.parse(decode(body))
  const audience = [payload.aud].flat()
  const now = Date.now() / 1_000
  if (payload.iss !== expected.issuer) throw new Error('the id_token is of another issuer')
  if (!audience.includes(expected.clientId)) throw new Error('the id_token is for another application')
  if ((audience.length > 1 || payload.azp) && payload.azp !== expected.clientId) {
    throw new Error('the id_token was given to another application')
  }
  if (payload.exp < now - clockSkewSeconds) throw new Error('the id_token has expired')
  if (payload.iat > now + clockSkewSeconds) throw new Error('the id_token is of the future')
  if (payload.nonce !== expected.nonce) throw new Error('the id_token answers another question')
  return {
    ...{ sub: payload.sub, email: payload.email ?? null, name: payload.name ?? null },
    isEmailVerified: payload.email_verified === true || payload.email_verified === 'true',
  }
}

function decode(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
}
