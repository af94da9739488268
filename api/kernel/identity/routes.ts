import express, { type Request, Router } from 'express'
import { z } from 'zod'
import { AppError } from '#shared/kernel/app-error.ts'
import { acceptJson } from '../http/accept-json.ts'
import type { Identity, SignedIn } from './identity.ts'
import { limits } from './limits.ts'

const SignIn = z.object({ token: z.string().min(1).max(100) })

/** `POST /sign-in {token}` and `POST /sign-out`. The cookies they set are all a client ever gets. */
export function identityRoutes({
  identity,
  onSignIn,
  onSignOut,
  addressOf,
}: {
  identity: Identity
  addressOf(req: Request): string
  onSignIn(user: SignedIn['user']): void
  onSignOut(sessionId: string): void
}): Router {
  return Router()
    .post('/sign-in', acceptJson, express.json({ limit: '10kb' }), async (req: Request, res) => {
      const input = SignIn.safeParse(req.body)
      if (!input.success) {
        throw new AppError('bad-input', 'The sign-in link is not complete.', {
          field: 'token',
          fix: 'Copy the whole link, up to its end.',
        })
      }
      await identity.parts.attempts.spend(limits.linkByAddress, addressOf(req))
      const setCookies = await identity.signIn(input.data.token, req.headers)
      await identity.parts.attempts.giveBack(limits.linkByAddress, addressOf(req))
      onSignIn(identity.owner)
      res.append('Set-Cookie', setCookies).set('Cache-Control', 'no-store').json({ ok: true })
    })
    .post('/sign-out', async (req, res) => {
      const { setCookies, sessionId } = await identity.signOut(req.headers)
      if (sessionId) onSignOut(sessionId)
      res.append('Set-Cookie', setCookies).set('Cache-Control', 'no-store').json({ ok: true })
    })
}
