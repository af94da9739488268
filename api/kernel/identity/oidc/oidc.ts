import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { OidcProblem } from '#shared/account/contract.ts'
import type { OidcConfig } from '../config.ts'
import { type Claims, verifyIdToken } from './id-token.ts'
import { createProvider } from './provider.ts'

/** Told to the person on the sign-in page; everything else that goes wrong is logged and told as `failed`. */
export class OidcRefusal extends Error {
  readonly problem: OidcProblem

  constructor(problem: OidcProblem, detail: string, cause?: unknown) {
    super(detail, { cause })
    this.problem = problem
  }
}

/** Who came back from the provider, and for what: to sign in, or to connect it to the account of `userId`. */
export type Returned = { claims: Claims; userId: string | null }

export type Oidc = {
  name: string
  /** As accounts of this provider are kept. */
  providerId: string
  /** The address to send the browser to, and what only this browser may know. */
  begin(redirectUri: string, userId: string | null): Promise<{ url: string; browserToken: string }>
  finish(answer: URLSearchParams, browserToken: string | undefined): Promise<Returned>
}

/** OpenID Connect by code flow with PKCE, state and nonce. */
export function createOidc(pool: pg.Pool, config: OidcConfig): Oidc {
  const provider = createProvider(config)

  return {
    name: config.name,
    providerId: `oidc:${config.issuer}`,
    async begin(redirectUri, userId) {
      const { authorization_endpoint: endpoint } = await provider.discover()
      const [state, nonce, verifier, browserToken] = [random(), random(), random(), random()]
      await pool.query('delete from oidc_requests where expires_at < now()')
      await pool.query(
        `insert into oidc_requests (state_hash, browser_hash, nonce, code_verifier, redirect_uri, user_id, expires_at)
         values ($1, $2, $3, $4, $5, $6, now() + interval '10 minutes')`,
        [hashOf(state), hashOf(browserToken), nonce, verifier, redirectUri, userId],
      )
      const url = new URL(endpoint)
      const asked = {
        ...{ response_type: 'code', client_id: config.clientId, redirect_uri: redirectUri, state, nonce },
        ...{ scope: 'openid email profile', code_challenge_method: 'S256' },
        code_challenge: hashOf(verifier).toString('base64url'),
      }
      for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
      return { url: url.href, browserToken }
    },
    async finish(answer, browserToken) {
      const request = await takeRequest(pool, answer.get('state'), browserToken)
      if (!request) throw new OidcRefusal('expired', 'no such sign-in is under way in this browser')
      if (answer.has('error')) throw new OidcRefusal('refused', `the provider answered ${answer.get('error')}`)
      const named = answer.get('iss')
      if (named !== null && named !== config.issuer) throw new OidcRefusal('failed', 'another issuer answered')
      const code = answer.get('code')
      if (!code) throw new OidcRefusal('failed', 'the provider sent no code')
      const tokens = await provider.exchange(code, request.code_verifier, request.redirect_uri)
      const claims = await verifyIdToken(tokens.id_token, provider.findKey, {
        ...{ issuer: config.issuer, clientId: config.clientId, nonce: request.nonce },
      })
      const known = claims.email ? claims : { ...claims, ...(await provider.userInfo(tokens.access_token, claims.sub)) }
      return { claims: known, userId: request.user_id }
    },
  }
}

type RequestRow = { nonce: string; code_verifier: string; redirect_uri: string; user_id: string | null }

/** Once, and only in the browser that began it. */
async function takeRequest(
  pool: pg.Pool,
  state: string | null,
  browserToken: string | undefined,
): Promise<RequestRow | undefined> {
  if (!state || !browserToken) return undefined
  const { rows } = await pool.query<RequestRow>(
    `delete from oidc_requests where state_hash = $1 and browser_hash = $2 and expires_at > now()
     returning nonce, code_verifier, redirect_uri, user_id`,
    [hashOf(state), hashOf(browserToken)],
  )
  return rows[0]
}

function random(): string {
  return randomBytes(32).toString('base64url')
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
