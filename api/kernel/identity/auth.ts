import { passkey } from '@better-auth/passkey'
import { type BetterAuthPlugin, betterAuth } from 'better-auth'
import { APIError, createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type pg from 'pg'
import { z } from 'zod'
import { passwordLength } from '#shared/account/contract.ts'
import { uuidv7 } from '../uuid.ts'

const hour = 60 * 60
const day = 24 * hour

/** The person has proven who they are (by a link, by another provider); this gives them a session the way better-auth gives any. */
const proven = {
  id: 'proven',
  endpoints: {
    openSession: createAuthEndpoint(
      '/proven/open-session',
      { method: 'POST', body: z.object({ userId: z.string() }), metadata: { SERVER_ONLY: true } },
      async (ctx) => {
        const { internalAdapter } = ctx.context
        const user = await internalAdapter.findUserById(ctx.body.userId)
        if (!user) throw new Error('a session was asked for a person who is not there')
        const session = await internalAdapter.createSession(user.id)
        await setSessionCookie(ctx, { session, user })
        return { userId: user.id }
      },
    ),
  },
} satisfies BetterAuthPlugin

export type AuthOptions = {
  pool: pg.Pool
  secret: string
  /** Names the cookies, because browsers send cookies to every port of a host. */
  instanceId: string
  /** True where people come by https: cookies then travel only so. Plain http on loopback would lose a Secure cookie. */
  isSecure: boolean
  /** The name passkeys are bound to; an IP address cannot have any. */
  passkeyHost: string
}

export type Auth = ReturnType<typeof createAuth>

/** better-auth as a library: none of its own routes is mounted, so there is nothing to attack but ours. */
export function createAuth({ pool, secret, instanceId, isSecure, passkeyHost }: AuthOptions) {
  return betterAuth({
    database: pool,
    secret,
    baseURL: 'http://127.0.0.1',
    appName: 'Delegraph',
    plugins: [
      proven,
      twoFactor({ issuer: 'Delegraph' }),
      passkey({
        rpID: passkeyHost,
        rpName: 'Delegraph',
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        authentication: {
          // A passkey stands for both factors, so the device must have asked who holds it.
          afterVerification: ({ verification }) => {
            if (!verification.authenticationInfo.userVerified) {
              throw new APIError('UNAUTHORIZED', { code: 'USER_NOT_VERIFIED' })
            }
          },
        },
      }),
    ],
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      autoSignIn: false,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
    },
    session: { expiresIn: 30 * day, updateAge: hour, freshAge: day },
    advanced: {
      database: { generateId: () => uuidv7(), joins: true },
      cookiePrefix: `delegraph_${instanceId}`,
      // Its prefix would rename the cookies; what counts is the attribute.
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/', secure: isSecure },
      // The address would be of a proxy's saying; nothing here needs it.
      ipAddress: { disableIpTracking: true },
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
  })
}
