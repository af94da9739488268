import type { IncomingHttpHeaders } from 'node:http'
import type { PasswordAnswer } from '#shared/account/contract.ts'
import { limits } from './limits.ts'
import type { Parts } from './parts.ts'
import { readNewPassword } from './people.ts'
import { answerOf, notYourPassword } from './refusals.ts'
import { onlyCookies } from './seen-of-request.ts'
import { endOtherSessions } from './sessions.ts'

export type Asked = { headers: IncomingHttpHeaders; address: string }

/** Opens a session, or asks for the second factor. Unknown addresses take as long as wrong passwords, and get the same words. */
export async function signInByPassword(
  { auth, attempts }: Parts,
  { email, password }: { email: string; password: string },
  { headers, address }: Asked,
): Promise<{ answer: PasswordAnswer; setCookies: string[] }> {
  const account = email.trim().toLowerCase()
  await attempts.spend(limits.signInByAddress, address)
  await attempts.spend(limits.signInByAccount, account)
  const { response, setCookies } = await answerOf(
    auth.api.signInEmail({ body: { email: account, password }, headers: onlyCookies(headers), returnHeaders: true }),
  )
  await attempts.giveBack(limits.signInByAddress, address)
  await attempts.forget(limits.signInByAccount, account)
  const isHalf = 'twoFactorRedirect' in response
  return { answer: { kind: isHalf ? 'second-factor' : 'signed-in' }, setCookies }
}

export async function hasPassword({ auth }: Parts, userId: string): Promise<boolean> {
  const { internalAdapter } = await auth.$context
  return Boolean((await internalAdapter.findCredentialAccount(userId))?.password)
}

/** Who sits at a screen that was left open must not get far: what changes how one signs in asks for the password first. */
export async function requirePassword({ auth, attempts }: Parts, userId: string, given: string): Promise<void> {
  const { internalAdapter, password } = await auth.$context
  const hash = (await internalAdapter.findCredentialAccount(userId))?.password
  if (!hash) return
  await attempts.spend(limits.passwordBySession, userId)
  if (given.length > 200 || !(await password.verify({ hash, password: given }))) throw notYourPassword()
  await attempts.forget(limits.passwordBySession, userId)
}

/** Gives the ids of the sessions that ended: all but this one. */
export async function changePassword(
  parts: Parts,
  { userId, sessionId }: { userId: string; sessionId: string },
  { current, next }: { current: string; next: string },
): Promise<string[]> {
  const password = readNewPassword(next)
  await requirePassword(parts, userId, current)
  await writePassword(parts, userId, password)
  return await endOtherSessions(parts.pool, userId, sessionId)
}

export async function writePassword({ auth }: Parts, userId: string, next: string): Promise<void> {
  const { internalAdapter, password } = await auth.$context
  const hash = await password.hash(next)
  const account = await internalAdapter.findCredentialAccount(userId)
  if (account) await internalAdapter.updateAccount(account.id, { password: hash })
  else await internalAdapter.linkAccount({ userId, providerId: 'credential', accountId: userId, password: hash })
}
