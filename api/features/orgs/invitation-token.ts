import { randomBytes } from 'node:crypto'
import { hashOf } from '../../kernel/machines/token.ts'

const shape = /^dgi_[\w-]{43}$/

/** Of the token only the hash is kept: 256 random bits. */
export function makeInvitationToken(): { token: string; hash: Buffer } {
  const token = `dgi_${randomBytes(32).toString('base64url')}`
  return { token, hash: hashOf(token) }
}

/** Undefined for what can be none of ours. */
export function invitationHash(token: string): Buffer | undefined {
  return shape.test(token) ? hashOf(token) : undefined
}
