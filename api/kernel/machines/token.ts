import { createHash, randomBytes, randomInt } from 'node:crypto'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const shape = /^(dgk|dga)_[A-Za-z0-9]{8}_[\w-]{43}$/

/** `dgk`: an API key. `dga`: what an agent outside shows for its workspace. */
export type TokenKind = 'dgk' | 'dga'

/** Given once to whoever asked for it. What is kept is `shown`, by which people tell it from others, and the hash. */
export type NewToken = { token: string; shown: string; hash: Buffer }

export function makeToken(kind: TokenKind): NewToken {
  const id = Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('')
  const token = `${kind}_${id}_${randomBytes(32).toString('base64url')}`
  return { token, shown: `${kind}_${id}`, hash: hashOf(token) }
}

/** 256 random bits need no salt and no slow hash. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** What kind of token this looks like; undefined for what can be none of ours. */
export function kindOf(token: string): TokenKind | undefined {
  if (!shape.test(token)) return undefined
  return token.startsWith('dgk') ? 'dgk' : 'dga'
}
