import { type CookieOptions, type Request, type Response, Router } from 'express'
import { AppError } from '#shared/kernel/app-error.ts'
import type { Identity } from '../identity.ts'
import { limits } from '../limits.ts'
import { cookieNamed } from '../seen-of-request.ts'
import { type Oidc, OidcRefusal } from './oidc.ts'
import { signInByClaims } from './sign-in-by-claims.ts'

const oidcReturnPath = '/sign-in/oidc'

type Parts = { identity: Identity; addressOf(req: Request): string }

/** `POST /api/account/oidc` gives the address of the provider to go to; who is signed in connects it to their account. */
export function oidcRoutes({ identity, addressOf }: Parts): Router {
  const { parts } = identity
  return Router().post('/account/oidc', async (req, res) => {
    await parts.attempts.spend(limits.otherProviderByAddress, addressOf(req))
    const who = await identity.whoIs(req.headers)
    const redirectUri = `${identity.baseUrl(req.headers.host ?? '')}${oidcReturnPath}`
    const { url, browserToken } = await requireOidc(identity)
      .begin(redirectUri, who?.user.id ?? null)
      .catch((cause: unknown) => {
        if (cause instanceof AppError) throw cause
        parts.onError(cause)
        throw new AppError('unavailable', `${requireOidc(identity).name} cannot be reached.`, {
          fix: 'Try again in a moment, or sign in another way.',
          cause,
        })
      })
    res
      .cookie(cookieOf(identity), browserToken, { ...cookieLook(identity), maxAge: 10 * 60 * 1_000 })
      .set('Cache-Control', 'no-store')
      .json({ url })
  })
}

/** `GET /sign-in/oidc`: the way back from the provider, by a link that another site follows. */
export function oidcReturn({ identity, addressOf }: Parts): Router {
  const { parts } = identity
  return Router().get(oidcReturnPath, async (req, res) => {
    res.clearCookie(cookieOf(identity), cookieLook(identity))
    try {
      await parts.attempts.spend(limits.otherProviderByAddress, addressOf(req))
      const oidc = requireOidc(identity)
      const answer = new URL(req.url, 'http://here').searchParams
      const returned = await oidc.finish(answer, cookieNamed(req.headers, cookieOf(identity)))
      const userId = await signInByClaims(parts, oidc, returned)
      if (returned.userId === null) res.append('Set-Cookie', await identity.openSession(userId, req.headers))
      goTo(res, returned.userId === null ? '/' : '/?settings=account')
    } catch (error) {
      const problem = error instanceof OidcRefusal ? error.problem : 'failed'
      if (problem === 'failed') parts.onError(error)
      goTo(res, `/sign-in#problem=${problem}`)
    }
  })
}

function goTo(res: Response, address: string): void {
  res.set('Cache-Control', 'no-store').redirect(303, address)
}

function requireOidc({ parts }: Identity): Oidc {
  if (parts.oidc) return parts.oidc
  throw new AppError('not-found', 'No other provider is configured here.')
}

function cookieOf({ parts }: Identity): string {
  return `delegraph_${parts.instanceId}.oidc`
}

/** Lax: the way back starts at another site, where a strict cookie would stay behind. */
function cookieLook({ parts }: Identity): CookieOptions {
  const secure = parts.config.publicUrl?.protocol === 'https:'
  return { httpOnly: true, sameSite: 'lax', path: oidcReturnPath, secure }
}
