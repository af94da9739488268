import { z } from 'zod'
import { safeFetch } from '../../safe-fetch.ts'
import { isLoopback, type OidcConfig } from '../config.ts'
import type { Claims, PublicKey } from './id-token.ts'

const Discovery = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  userinfo_endpoint: z.url().optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
})
type Discovery = z.infer<typeof Discovery>

const Keys = z.looseObject({
  keys: z.array(z.looseObject({ kty: z.string(), kid: z.string().optional(), use: z.string().optional() })),
})
const Tokens = z.looseObject({ id_token: z.string(), access_token: z.string().optional() })
const UserInfo = z.looseObject({
  sub: z.string(),
  email: z.string().optional(),
  email_verified: z.union([z.boolean(), z.literal('true'), z.literal('false')]).optional(),
  name: z.string().optional(),
})

const hour = 60 * 60 * 1_000
const minute = 60 * 1_000

/** The other side of OpenID Connect, asked when it is needed: a provider that is down does not keep us from starting. */
export function createProvider(config: OidcConfig) {
  const discovery = cached(hour, () => discover(config))
  const keys = cached(hour, async () => {
    const { jwks_uri: uri } = await discovery.read()
    return Keys.parse(await fetchJson(config, uri)).keys.filter(({ use }) => use === undefined || use === 'sig')
  })

  let askedAgainAt = 0

  return {
    discover: discovery.read,
    /** A key that is not known may be new: they are asked for again, at most once a minute. */
    async findKey(kid: string | undefined): Promise<PublicKey> {
      const find = async () => {
        const known = await keys.read()
        return kid === undefined ? (known.length === 1 ? known[0] : undefined) : known.find((key) => key.kid === kid)
      }
      const found = await find()
      if (found) return found
      if (Date.now() - askedAgainAt > minute) {
        askedAgainAt = Date.now()
        keys.forget()
        const fresh = await find()
        if (fresh) return fresh
      }
      throw new Error('the id_token is signed by a key that the provider does not publish')
    },
    async exchange(code: string, verifier: string, redirectUri: string) {
      const { token_endpoint: endpoint, token_endpoint_auth_methods_supported: methods } = await discovery.read()
      const isPost = methods !== undefined && !methods.includes('client_secret_basic')
      const { clientId, clientSecret } = config
      const asked = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier }
      const body = new URLSearchParams(
        isPost ? { ...asked, client_id: clientId, client_secret: clientSecret } : asked,
      ).toString()
      const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString(
        'base64',
      )
      const headers = {
        ...{ 'content-type': 'application/x-www-form-urlencoded', 'content-length': `${Buffer.byteLength(body)}` },
        ...(!isPost && { authorization: `Basic ${basic}` }),
      }
      return Tokens.parse(await fetchJson(config, endpoint, { method: 'POST', headers, body }))
    },
    /** Some providers keep the address out of the id_token. */
    async userInfo(accessToken: string | undefined, sub: string): Promise<Partial<Claims>> {
      const { userinfo_endpoint: endpoint } = await discovery.read()
      if (!endpoint || !accessToken) return {}
      const headers = { authorization: `Bearer ${accessToken}` }
      const info = UserInfo.parse(await fetchJson(config, endpoint, { headers }))
      if (info.sub !== sub) throw new Error('the provider told of another person than it signed in')
      const isEmailVerified = info.email_verified === true || info.email_verified === 'true'
      return { email: info.email ?? null, isEmailVerified, ...(info.name !== undefined && { name: info.name }) }
    },
  }
}

async function discover(config: OidcConfig): Promise<Discovery> {
  const address = `${config.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const found = Discovery.parse(await fetchJson(config, address))
  if (found.issuer !== config.issuer) throw new Error(`the provider calls itself ${found.issuer}`)
  return found
}

type Ask = { method?: string; headers?: Record<string, string>; body?: string }

/** The operator gave the issuer's address, so that one may be private; whatever else it names may not, nor be plain http. */
async function fetchJson({ issuer }: OidcConfig, address: string, ask: Ask = {}): Promise<unknown> {
  const url = new URL(address)
  const isIssuers = url.origin === new URL(issuer).origin
  if (url.protocol !== 'https:' && !(isIssuers && isLoopback(url.hostname))) {
    throw new Error(`${url.origin} is not https`)
  }
  const init = {
    ...{ method: ask.method, body: ask.body, signal: AbortSignal.timeout(10_000) },
    headers: { accept: 'application/json', ...ask.headers },
  }
  const answer = await safeFetch(url, init, { mayReachPrivate: isIssuers, idleMs: 8_000, maxBytes: 512 * 1024 })
  if (!answer.ok) throw new Error(`${url.origin}${url.pathname} answered ${answer.status}`)
  return await answer.json()
}

/** Keeps what was read for a while; what failed is asked for again. */
function cached<T>(ms: number, load: () => Promise<T>) {
  let kept: { at: number; value: Promise<T> } | undefined
  return {
    read(): Promise<T> {
      if (kept && Date.now() - kept.at < ms) return kept.value
      const loading = { at: Date.now(), value: load() }
      kept = loading
      loading.value.catch(() => {
        if (kept === loading) kept = undefined
      })
      return loading.value
    },
    forget(): void {
      kept = undefined
    },
  }
}
