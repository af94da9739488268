import { type BetterAuthPlugin, betterAuth } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import type pg from 'pg'
import { z } from 'zod'
import { uuidv7 } from '../uuid.ts'

const day = 24 * 60 * 60

/** The person has proven who they are (by a link); this gives them a session the way better-auth gives any. */
const proven = {
  id: 'proven',
  endpoints: {
    openSession: createAuthEndpoint(
      '/proven/open-session',
      { method: 'POST', body: z.object({ userId: z.string() }), metadata: { SERVER_ONLY: true } },
      async (ctx) => {
        const { internalAdapter } = ctx.context
        const user = await internalAdapter.findUserById(ctx.body.userId)
        if (!user) throw new Error('a sign-in link belongs to no user')
        const session = await internalAdapter.createSession(user.id)
        await setSessionCookie(ctx, { session, user })
        return { userId: user.id }
      },
    ),
  },
} satisfies BetterAuthPlugin

/**
 * better-auth as a library: none of its own routes is mounted, so nobody signs up and there is nothing to attack but ours.
 * `instanceId` names the cookies, because browsers send cookies to every port of a host.
 */
export function createAuth({ pool, secret, instanceId }: { pool: pg.Pool; secret: string; instanceId: string }) {
  return betterAuth({
    database: pool,
    secret,
    baseURL: 'http://127.0.0.1',
    appName: 'Delegraph',
    plugins: [proven],
    emailAndPassword: { enabled: false },
    session: { expiresIn: 30 * day, updateAge: day },
    advanced: {
      database: { generateId: () => uuidv7(), joins: true },
      cookiePrefix: `delegraph_${instanceId}`,
      // Plain http on loopback, where the browser would not keep a Secure cookie.
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict', path: '/' },
      // The address would be of a proxy's saying; nothing here needs it.
      ipAddress: { disableIpTracking: true },
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
  })
}
