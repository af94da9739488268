import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { UserId } from '#shared/kernel/ids.ts'
import { readOrCreateSecret } from '../data-dir.ts'
import { withSetting } from '../database-url.ts'
import { openPool } from '../pool.ts'
import { createAttempts } from './attempts.ts'
import { createAuth } from './auth.ts'
import { type IdentityConfig, localConfig, passkeyHostOf } from './config.ts'
import { createOidc } from './oidc/oidc.ts'
import { ensureOwner } from './owner.ts'
import type { Parts } from './parts.ts'
import { createPerson, findPersonByEmail, type NewPerson, type Person } from './people.ts'
import { onlyCookies } from './seen-of-request.ts'
import { dropConnecting } from './sessions.ts'
import { claimSignInToken, createSignInToken } from './sign-in-links.ts'

export type SignedIn = {
  user: { id: UserId; name: string }
  sessionId: string
  /** Cookies to send along, when the session was prolonged. */
  setCookies: string[]
}

export type Identity = {
  owner: { id: UserId; name: string }
  /** A fresh token for the owner's one-time link. */
  createSignInToken(): Promise<string>
  /** Uses the token up; gives the cookies of the new session. Throws unauthenticated for one that is used, expired or unknown. */
  signIn(token: string, headers: IncomingHttpHeaders): Promise<string[]>
  /** Ends the session; gives the cookies to clear and its id. */
  signOut(headers: IncomingHttpHeaders): Promise<{ setCookies: string[]; sessionId: string | undefined }>
  whoIs(headers: IncomingHttpHeaders): Promise<SignedIn | null>
  /** Makes somebody who signs in with a password. Conflict when the address has an account. */
  createPerson(given: NewPerson): Promise<Person>
  findPersonByEmail(email: string): Promise<(Person & { email: string }) | null>
  /** For somebody who has proven who they are; gives the cookies of the new session. */
  openSession(userId: UserId, headers: IncomingHttpHeaders): Promise<string[]>
  /** Where links lead: the public address, or the one that was asked by (its Host header, checked before). */
  baseUrl(host: string): string
  /** For the routes of identity alone. */
  parts: Parts
  stop(): Promise<void>
}

export type IdentityOptions = {
  authUrl: string
  dataDir: string
  config?: IdentityConfig
  /** Told of what went wrong after the answer was given. */
  onError?: (error: unknown) => void
}

/** Who people are. The signing secret is made once in the data folder; there is no default. */
export async function openIdentity({
  authUrl,
  dataDir,
  config = localConfig,
  onError = () => {},
}: IdentityOptions): Promise<Identity> {
  const pool = openPool({
    connectionString: withSetting(authUrl, 'search_path', 'auth'),
    max: 4,
    connectionTimeoutMillis: 5_000,
    application_name: 'delegraph-identity',
  })
  const instanceId = shortHash(readOrCreateSecret(dataDir, 'instance'))
  const secret = readOrCreateSecret(dataDir, 'session-signing')
  const isSecure = config.publicUrl?.protocol === 'https:'
  const auth = createAuth({ pool, secret, instanceId, isSecure, passkeyHost: passkeyHostOf(config) })
  const oidc = config.oidc && createOidc(pool, config.oidc)
  const owner = await ensureOwner(pool)

  const whoIs = async (given: IncomingHttpHeaders): Promise<SignedIn | null> => {
    if (!given.cookie?.includes(`delegraph_${instanceId}`)) return null
    const { headers, response } = await auth.api.getSession({ headers: onlyCookies(given), returnHeaders: true })
    if (!response) return null
    const { user, session } = response
    return {
      user: { id: UserId.parse(user.id), name: user.name },
      sessionId: session.id,
      setCookies: headers.getSetCookie(),
    }
  }

  const openSession = async (userId: string, given: IncomingHttpHeaders) => {
    const asked = { body: { userId }, headers: onlyCookies(given), returnHeaders: true } as const
    const { headers } = await auth.api.openSession(asked)
    return headers.getSetCookie()
  }

  return {
    owner,
    whoIs,
    openSession,
    parts: { pool, auth, attempts: createAttempts(pool, secret), config, oidc, instanceId, onError },
    createPerson: (given) => createPerson(auth, pool, given),
    findPersonByEmail: (email) => findPersonByEmail(pool, email),
    baseUrl: (host) => config.publicUrl?.origin ?? `http://${host}`,
    createSignInToken: () => createSignInToken(pool, owner.id),
    async signIn(token, given) {
      return await openSession(await claimSignInToken(pool, token), given)
    },
    async signOut(given) {
      const found = await whoIs(given)
      if (found) await dropConnecting(pool, found.user.id)
      const { headers } = await auth.api.signOut({ headers: onlyCookies(given), returnHeaders: true })
      return { setCookies: headers.getSetCookie(), sessionId: found?.sessionId }
    },
    stop: () => pool.end(),
  }
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}
