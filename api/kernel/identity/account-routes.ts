import express, { type NextFunction, type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { SignInOptions } from '#shared/account/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { acceptJson } from '../http/accept-json.ts'
import { isMailConfigured } from '../mail/send-mail.ts'
import { changeEmail, readAccount, rename } from './account.ts'
import type { Identity, SignedIn } from './identity.ts'
import { oidcRoutes } from './oidc/routes.ts'
import {
  addPasskey,
  askForPasskey,
  askWithPasskey,
  listPasskeys,
  passkeyOffer,
  removePasskey,
  renamePasskey,
  signInByPasskey,
} from './passkeys.ts'
import { requestPasswordReset, resetPassword } from './password-resets.ts'
import { changePassword, signInByPassword } from './passwords.ts'
import { signInAgain } from './refusals.ts'
import {
  confirmSecondFactor,
  renewBackupCodes,
  signInByCode,
  startSecondFactor,
  stopSecondFactor,
} from './second-factor.ts'
import { endOtherSessions, endSession } from './sessions.ts'
import { signUp } from './sign-up.ts'

const text = (max: number) => z.string().max(max)
const Id = z.object({ id: z.uuid() })
const NoBody = z.object({})

export type AccountRouteParts = {
  identity: Identity
  /** From where a request comes, as far as that can be believed. */
  addressOf(req: Request): string
  /** Told of each session that ends, so that its streams end too. */
  onSignOut(sessionId: string): void
}

type Reply = { answer?: unknown; setCookies?: string[] }

/** `/api/account/*`: signing in beside the one-time link, and what somebody does with their own account. */
export function accountRoutes({ identity, addressOf, onSignOut }: AccountRouteParts): Router {
  const { parts } = identity
  const router = Router()

  const json = express.json({ limit: '50kb' })
  const send = (res: Response, { answer = { ok: true }, setCookies = [] }: Reply) =>
    res.append('Set-Cookie', setCookies).set('Cache-Control', 'no-store').json(answer)

  /** For anybody: what signs in, or replaces a password. */
  const open = <T>(path: string, body: z.ZodType<T>, run: (given: T, req: Request) => Promise<Reply>) =>
    router.post(path, acceptJson, json, async (req: Request, res) => {
      send(res, await run(readBody(body, req.body), req))
    })

  /** For who is signed in, by a session; no key reaches this. Known before the body is looked at. */
  const own = <T>(path: string, body: z.ZodType<T>, run: (given: T, who: SignedIn, req: Request) => Promise<Reply>) => {
    const askers = new WeakMap<Request, SignedIn>()
    const know = async (req: Request, _res: Response, next: NextFunction) => {
      askers.set(req, await requireSession(req))
      next()
    }
    router.post(path, know, acceptJson, json, async (req: Request, res) => {
      const who = askers.get(req) ?? (await requireSession(req))
      send(res, await run(readBody(body, req.body), who, req))
    })
  }

  const requireSession = async (req: Request): Promise<SignedIn> => {
    const who = await identity.whoIs(req.headers)
    if (!who) throw signInAgain()
    return who
  }
  const asked = (req: Request) => ({ headers: req.headers, address: addressOf(req) })
  const hostOf = (req: Request) => req.headers.host ?? ''

  router.get('/account/sign-in-options', (req, res) => {
    const options: SignInOptions = {
      passkey: passkeyOffer(parts, hostOf(req)),
      oidc: parts.oidc && { name: parts.oidc.name },
      isSignUpOpen: parts.config.isSignUpOpen,
      reset: isMailConfigured() ? 'mail' : 'operator',
    }
    res.set('Cache-Control', 'no-store').json(options)
  })
  router.get('/account', async (req, res) => {
    const account = await readAccount(parts, await requireSession(req), hostOf(req))
    res.set('Cache-Control', 'no-store').json(account)
  })

  open('/account/sign-in', z.object({ email: text(254), password: text(200) }), (given, req) =>
    signInByPassword(parts, given, asked(req)),
  )
  open(
    '/account/second-factor',
    z.object({ code: text(40), kind: z.enum(['app', 'backup']), isTrusted: z.boolean() }),
    async (given, req) => ({ setCookies: await signInByCode(parts, given, asked(req)) }),
  )
  open('/account/sign-up', z.object({ name: text(200), email: text(254), password: text(200) }), async (given, req) => {
    const { id } = await signUp(parts, given, addressOf(req))
    return { setCookies: await identity.openSession(id, req.headers) }
  })
  open('/account/passkey-challenge', NoBody, async () => {
    const { response, setCookies } = await askWithPasskey(parts)
    return { answer: response, setCookies }
  })
  open('/account/passkey-sign-in', z.object({ response: PasskeyAnswer }), async ({ response }, req) => ({
    setCookies: await signInByPasskey(parts, response, asked(req)),
  }))
  open('/account/forgot-password', z.object({ email: text(254) }), async ({ email }, req) => {
    await requestPasswordReset(parts, email, { address: addressOf(req), baseUrl: identity.baseUrl(hostOf(req)) })
    return {}
  })
  open('/account/reset-password', z.object({ token: text(100), password: text(200) }), async (given, req) => {
    for (const id of await resetPassword(parts, given.token, given.password, addressOf(req))) onSignOut(id)
    return {}
  })

  own('/account/name', z.object({ name: text(200) }), async ({ name }, { user }) => {
    await rename(parts, user.id, name)
    return {}
  })
  own('/account/email', z.object({ email: text(254), password: text(200) }), async (given, { user }) => {
    await changeEmail(parts, user.id, given)
    return {}
  })
  own('/account/password', z.object({ current: text(200), next: text(200) }), async (given, who) => {
    const ended = await changePassword(parts, { userId: who.user.id, sessionId: who.sessionId }, given)
    for (const id of ended) onSignOut(id)
    return {}
  })
  own('/account/second-factor/start', z.object({ password: text(200) }), async ({ password }, { user }, req) => ({
    answer: await startSecondFactor(parts, user.id, password, asked(req)),
  }))
  own('/account/second-factor/confirm', z.object({ code: text(40) }), async ({ code }, { user, sessionId }, req) => {
    const setCookies = await confirmSecondFactor(parts, user.id, code, asked(req))
    onSignOut(sessionId)
    return { setCookies }
  })
  own('/account/second-factor/stop', z.object({ password: text(200) }), async ({ password }, who, req) => {
    const setCookies = await stopSecondFactor(parts, who.user.id, password, asked(req))
    onSignOut(who.sessionId)
    return { setCookies }
  })
  own('/account/backup-codes', z.object({ password: text(200) }), async ({ password }, { user }, req) => ({
    answer: { backupCodes: await renewBackupCodes(parts, user.id, password, asked(req)) },
  }))
  own('/account/passkeys/challenge', NoBody, async (_given, _who, req) => {
    const { response, setCookies } = await askForPasskey(parts, req.headers)
    return { answer: response, setCookies }
  })
  own('/account/passkeys/add', z.object({ response: NewPasskey, name: Name }), async (given, { user }, req) => {
    await addPasskey(parts, given, req.headers)
    return { answer: { passkeys: await listPasskeys(parts, user.id) } }
  })
  own('/account/passkeys/rename', Id.extend({ name: Name }), async ({ id, name }, { user }) => {
    await renamePasskey(parts, user.id, id, name)
    return {}
  })
  own('/account/passkeys/remove', Id, async ({ id }, { user }) => {
    await removePasskey(parts, user.id, id)
    return {}
  })
  own('/account/sessions/end', Id, async ({ id }, { user }) => {
    await endSession(parts.pool, user.id, id)
    onSignOut(id)
    return {}
  })
  own('/account/sessions/end-others', NoBody, async (_given, { user, sessionId }) => {
    const ended = await endOtherSessions(parts.pool, user.id, sessionId)
    for (const id of ended) onSignOut(id)
    return { answer: { ended: ended.length } }
  })

  return router.use(oidcRoutes({ identity, addressOf }))
}

const Name = z.string().trim().min(1).max(60)
const Base64 = z.string().max(20_000)
/** What a device answered; its parts are checked by what verifies its signature. */
const PasskeyAnswer = z.object({
  id: Base64,
  rawId: Base64,
  type: z.literal('public-key'),
  response: z.looseObject({ clientDataJSON: Base64, authenticatorData: Base64, signature: Base64 }),
  clientExtensionResults: z.looseObject({}),
})
const NewPasskey = PasskeyAnswer.extend({
  response: z.looseObject({ clientDataJSON: Base64, attestationObject: Base64 }),
})

function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError('bad-input', `This is not complete: ${issue?.message ?? 'something is missing'}.`, {
    field: issue?.path.join('.') || undefined,
  })
}
