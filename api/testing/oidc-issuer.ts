import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

export type OidcIssuer = {
  url: string
  /** Who consents next, and how its token is to be wrong. */
  person: { sub: string; email?: string; email_verified?: boolean; name?: string }
  change: (claims: Record<string, unknown>) => Record<string, unknown>
  /** Signs with a key it does not publish. */
  isForging: boolean
  /** New key, as providers do from time to time. */
  rotateKey(): void
  isDown: boolean
  /** Follows an authorization address as a browser does after consent: gives where it is sent back to. */
  consent(authorizationUrl: string): string
  close(): Promise<void>
}

const clientId = 'delegraph-test'
const clientSecret = 'a secret & with signs'
export const oidcClient = { clientId, clientSecret }

/** An OpenID provider on loopback: discovery, consent, token endpoint with PKCE and Basic, keys, RS256 tokens. */
export async function startOidcIssuer(): Promise<OidcIssuer> {
  const codes = new Map<string, { challenge: string; nonce: string; redirectUri: string }>()
  let key = newKey()
  const unpublished = newKey()

  const server = createServer((req, res) => {
    answer(req, res).catch((error: unknown) => send(res, 500, { error: String(error) }))
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const issuer: OidcIssuer = {
    url: `http://127.0.0.1:${port}`,
    person: { sub: 'someone', email: 'someone@example.com', email_verified: true, name: 'Some One' },
    change: (claims) => claims,
    isForging: false,
    isDown: false,
    rotateKey() {
      key = newKey()
    },
    consent(authorizationUrl) {
      const { searchParams: asked } = new URL(authorizationUrl)
      const get = (name: string) => asked.get(name) ?? ''
      if (get('client_id') !== clientId || get('response_type') !== 'code') throw new Error('wrong client')
      if (get('code_challenge_method') !== 'S256' || !get('scope').split(' ').includes('openid'))
        throw new Error('wrong')
      const code = randomBytes(8).toString('hex')
      codes.set(code, { challenge: get('code_challenge'), nonce: get('nonce'), redirectUri: get('redirect_uri') })
      const back = new URL(get('redirect_uri'))
      back.searchParams.set('code', code)
      back.searchParams.set('state', get('state'))
      back.searchParams.set('iss', issuer.url)
      return back.href
    },
    async close() {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (issuer.isDown) return send(res, 503, { error: 'down' })
    if (req.url === '/.well-known/openid-configuration') {
      return send(res, 200, {
        issuer: issuer.url,
        authorization_endpoint: `${issuer.url}/authorize`,
        token_endpoint: `${issuer.url}/token`,
        jwks_uri: `${issuer.url}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      })
    }
    if (req.url === '/keys') return send(res, 200, { keys: [key.published] })
    if (req.url === '/token' && req.method === 'POST') return token(req, res)
    send(res, 404, { error: 'not_found' })
  }

  async function token(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await text(req))
    const basic = Buffer.from(req.headers.authorization?.replace('Basic ', '') ?? '', 'base64').toString()
    if (basic !== `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`) {
      return send(res, 401, { error: 'invalid_client' })
    }
    const asked = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (!asked || asked.challenge !== challenge || asked.redirectUri !== form.get('redirect_uri')) {
      return send(res, 400, { error: 'invalid_grant' })
    }
    const now = Math.floor(Date.now() / 1_000)
    const claims = { iss: issuer.url, aud: clientId, exp: now + 300, iat: now, nonce: asked.nonce, ...issuer.person }
    const signer = issuer.isForging ? { ...unpublished, kid: key.kid } : key
    send(res, 200, { access_token: 'opaque', token_type: 'Bearer', id_token: jwt(issuer.change(claims), signer) })
  }
  return issuer
}

type Key = ReturnType<typeof newKey>

function newKey() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const kid = randomBytes(4).toString('hex')
  return { kid, privateKey, published: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' } }
}

function jwt(claims: object, { kid, privateKey }: Pick<Key, 'kid' | 'privateKey'>): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const data = `${part({ alg: 'RS256', typ: 'JWT', kid })}.${part(claims)}`
  return `${data}.${sign('sha256', Buffer.from(data), privateKey).toString('base64url')}`
}

function send(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
