import { createHmac } from 'node:crypto'
import { type Answer, ask } from './ask.ts'

/** A browser as far as signing in goes: keeps the cookies it is given, says where it comes from, posts JSON. */
export function openAccountClient(url: string, userAgent = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0') {
  const jar = new Map<string, string>()
  const { host } = new URL(url)
  const send = async (method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await ask(`${url}${path}`, {
      method,
      headers: {
        ...{ host, 'user-agent': userAgent, ...(cookie && { cookie }) },
        ...(method === 'POST' && { origin: url, 'content-type': 'application/json' }),
        ...more,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    for (const set of answer.headers['set-cookie'] ?? []) keep(jar, set)
    return answer
  }
  return {
    jar,
    get: (path: string, more?: Record<string, string>) => send('GET', path, undefined, more),
    post: (path: string, body: unknown = {}) => send('POST', `/api/account/${path}`, body),
    postAt: (path: string, body: unknown = {}) => send('POST', path, body),
    cookie: () => [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
  }
}

export type AccountClient = ReturnType<typeof openAccountClient>

function keep(jar: Map<string, string>, set: string): void {
  const [pair = ''] = set.split(';')
  const at = pair.indexOf('=')
  if (/max-age=0(;|$)|expires=thu, 01 jan 1970/i.test(set)) jar.delete(pair.slice(0, at))
  else jar.set(pair.slice(0, at), pair.slice(at + 1))
}

export function appErrorOf({ body }: Answer): { code: string; message: string; field?: string } {
  return JSON.parse(body).error.data.appError
}

/** The six digits that an authenticator app shows (RFC 6238), `steps` of 30 seconds from now. */
export function totp(secret: string, steps = 0): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  return `${(digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000}`.padStart(6, '0')
}

function fromBase32(text: string): Buffer {
  const bits = [...text.replace(/=+$/, '')].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  const bytes = bits.join('').match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)))
}
