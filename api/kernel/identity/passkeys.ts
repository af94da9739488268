import type { IncomingHttpHeaders } from 'node:http'
import type { PasskeyInfo, SignInOptions } from '#shared/account/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { passkeyHostOf } from './config.ts'
import { limits } from './limits.ts'
import type { Parts } from './parts.ts'
import type { Asked } from './passwords.ts'
import { answerOf } from './refusals.ts'
import { cookiesAndOrigin, onlyCookies } from './seen-of-request.ts'

type Answer = NonNullable<Parameters<Parts['auth']['api']['verifyPasskeyAuthentication']>[0]>['body']['response']
type PasskeyRow = { id: string; name: string | null; createdAt: Date | null }

export async function listPasskeys({ pool }: Parts, userId: string): Promise<PasskeyInfo[]> {
  const { rows } = await pool.query<PasskeyRow>(
    `select "id", "name", "createdAt" from "passkey" where "userId" = $1 order by "createdAt", "id"`,
    [userId],
  )
  return rows.map(({ id, name, createdAt }) => ({
    ...{ id, name: name ?? 'Passkey' },
    createdAt: createdAt?.toISOString() ?? null,
  }))
}

/** What the browser asks the device to make, and the cookie that ties the answer to this browser. */
export async function askForPasskey({ auth }: Parts, headers: IncomingHttpHeaders) {
  return await answerOf(
    auth.api.generatePasskeyRegistrationOptions({ headers: onlyCookies(headers), query: {}, returnHeaders: true }),
  )
}

export async function addPasskey(
  { auth }: Parts,
  { response, name }: { response: unknown; name: string },
  headers: IncomingHttpHeaders,
): Promise<void> {
  await answerOf(
    auth.api.verifyPasskeyRegistration({
      body: { response, name },
      headers: cookiesAndOrigin(headers),
      returnHeaders: true,
    }),
  )
}

export async function renamePasskey({ pool }: Parts, userId: string, id: string, name: string): Promise<void> {
  const { rowCount } = await pool.query(`update "passkey" set "name" = $3 where "userId" = $1 and "id" = $2`, [
    ...[userId, id, name],
  ])
  if (rowCount === 0) throw noSuchPasskey()
}

export async function removePasskey({ pool }: Parts, userId: string, id: string): Promise<void> {
  const { rowCount } = await pool.query(`delete from "passkey" where "userId" = $1 and "id" = $2`, [userId, id])
  if (rowCount === 0) throw noSuchPasskey()
}

/** For a sign-in: no names of accounts or passkeys in it, the device knows which it has for this server. */
export async function askWithPasskey({ auth }: Parts) {
  const { response, setCookies } = await answerOf(
    auth.api.generatePasskeyAuthenticationOptions({ headers: new Headers(), returnHeaders: true }),
  )
  return { response: { ...response, userVerification: 'required' as const }, setCookies }
}

/** A passkey stands for both factors: the device asked who holds it. */
export async function signInByPasskey(
  { auth, attempts }: Parts,
  response: Answer,
  { headers, address }: Asked,
): Promise<string[]> {
  await attempts.spend(limits.signInByAddress, address)
  const { setCookies } = await answerOf(
    auth.api.verifyPasskeyAuthentication({
      body: { response },
      headers: cookiesAndOrigin(headers),
      returnHeaders: true,
    }),
  )
  await attempts.giveBack(limits.signInByAddress, address)
  return setCookies
}

/** Whether the name the page was opened by can have passkeys, and else a name of this server that can. */
export function passkeyOffer({ config }: Parts, host: string): SignInOptions['passkey'] {
  const url = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : undefined
  const name = passkeyHostOf(config)
  if (url?.hostname === name) return { isOffered: true, elsewhere: null }
  if (config.publicUrl) return { isOffered: false, elsewhere: name === 'localhost' ? null : config.publicUrl.origin }
  return { isOffered: false, elsewhere: `http://localhost${url?.port ? `:${url.port}` : ''}` }
}

function noSuchPasskey(): AppError {
  return new AppError('not-found', 'This passkey is not there any more.')
}
