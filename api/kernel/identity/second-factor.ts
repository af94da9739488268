import type { SecondFactorSetup } from '#shared/account/contract.ts'
import { limits } from './limits.ts'
import type { Parts } from './parts.ts'
import { type Asked, requirePassword } from './passwords.ts'
import { answerOf, wrongCode } from './refusals.ts'
import { onlyCookies } from './seen-of-request.ts'

export type Code = { code: string; kind: 'app' | 'backup'; isTrusted: boolean }

/** The second half of a sign-in whose password was right. Gives the cookies of the session. */
export async function signInByCode(parts: Parts, given: Code, { headers, address }: Asked): Promise<string[]> {
  const { auth, attempts } = parts
  await attempts.spend(limits.secondFactorByAddress, address)
  const body = { code: given.kind === 'app' ? digitsOf(given.code) : given.code.trim(), trustDevice: given.isTrusted }
  const asked = { body, headers: withoutSession(parts, onlyCookies(headers)), returnHeaders: true } as const
  const { response, setCookies } = await answerOf(
    given.kind === 'app' ? auth.api.verifyTOTP(asked) : auth.api.verifyBackupCode(asked),
  )
  // Who looked over a shoulder must not get in with the same code a moment later.
  if (given.kind === 'app' && !(await attempts.isFirst(limits.usedCode, `${response.user.id} ${body.code}`))) {
    const { internalAdapter } = await auth.$context
    if (response.token) await internalAdapter.deleteSession(response.token)
    throw wrongCode()
  }
  await attempts.giveBack(limits.secondFactorByAddress, address)
  return setCookies
}

/** A secret to scan and backup codes, both shown once. Nothing is on until a code of it was typed. */
export async function startSecondFactor(
  parts: Parts,
  userId: string,
  password: string,
  { headers }: Asked,
): Promise<SecondFactorSetup> {
  await requirePassword(parts, userId, password)
  const { response } = await answerOf(
    parts.auth.api.enableTwoFactor({
      body: { password, method: 'totp' },
      headers: onlyCookies(headers),
      returnHeaders: true,
    }),
  )
  if (response.method !== 'totp') throw new Error('a second factor other than by app was begun')
  const secret = new URL(response.totpURI).searchParams.get('secret') ?? ''
  return { uri: response.totpURI, secret, backupCodes: response.backupCodes }
}

/** Turns it on. The session is a new one afterwards. */
export async function confirmSecondFactor(
  { auth, attempts }: Parts,
  userId: string,
  code: string,
  { headers }: Asked,
): Promise<string[]> {
  await attempts.spend(limits.codeBySession, userId)
  const { setCookies } = await answerOf(
    auth.api.verifyTOTP({
      body: { code: digitsOf(code) },
      headers: onlyCookies(headers),
      returnHeaders: true,
    }),
  )
  await attempts.forget(limits.codeBySession, userId)
  return setCookies
}

export async function stopSecondFactor(
  parts: Parts,
  userId: string,
  password: string,
  { headers }: Asked,
): Promise<string[]> {
  await requirePassword(parts, userId, password)
  const { setCookies } = await answerOf(
    parts.auth.api.disableTwoFactor({ body: { password }, headers: onlyCookies(headers), returnHeaders: true }),
  )
  await parts.pool.query(`delete from "verification" where "value" = $1 and "identifier" like 'trust-device-%'`, [
    userId,
  ])
  return setCookies
}

/** New codes; the old ones open nothing from then on. */
export async function renewBackupCodes(
  parts: Parts,
  userId: string,
  password: string,
  { headers }: Asked,
): Promise<string[]> {
  await requirePassword(parts, userId, password)
  const { response } = await answerOf(
    parts.auth.api.generateBackupCodes({ body: { password }, headers: onlyCookies(headers), returnHeaders: true }),
  )
  return response.backupCodes
}

export async function countBackupCodes({ auth }: Parts, userId: string): Promise<number> {
  const { response } = await answerOf(auth.api.viewBackupCodes({ body: { userId }, returnHeaders: true }))
  return response.backupCodes.length
}

/** Apps show codes in two groups, and people type them so. */
function digitsOf(code: string): string {
  return code.replace(/\s/g, '')
}

/** An older session in the same browser would answer for the challenge, without a limit to guessing. */
function withoutSession({ instanceId }: Parts, headers: Headers): Headers {
  const session = `delegraph_${instanceId}.session_token=`
  const kept =
    headers
      .get('cookie')
      ?.split(/;\s*/)
      .filter((part) => !part.startsWith(session)) ?? []
  headers.set('cookie', kept.join('; '))
  return headers
}
