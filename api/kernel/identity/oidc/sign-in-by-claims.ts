import { Email, PersonName } from '#shared/account/contract.ts'
import { UserId } from '#shared/kernel/ids.ts'
import type { Parts } from '../parts.ts'
import { isDuplicate } from '../people.ts'
import type { Claims } from './id-token.ts'
import { type Oidc, OidcRefusal, type Returned } from './oidc.ts'

/**
 * Whom a provider's word signs in: who has connected it; else whose address both sides have proven; else, where sign-up is
 * open, somebody new. An address that was only typed in here connects nothing: anybody could have typed it.
 */
export async function signInByClaims(parts: Parts, oidc: Oidc, { claims, userId }: Returned): Promise<UserId> {
  const known = await ownerOf(parts, oidc, claims)
  if (userId !== null) {
    if (known !== undefined && known !== userId) throw new OidcRefusal('taken', 'it is connected to another account')
    if (known === undefined) await connect(parts, oidc, claims, userId)
    return UserId.parse(userId)
  }
  if (known !== undefined) return UserId.parse(known)
  const email = Email.safeParse(claims.email)
  if (!email.success || !claims.isEmailVerified) throw new OidcRefusal('unproven', 'it vouches for no address')
  const { rows } = await parts.pool.query<{ id: string; emailVerified: boolean }>(
    `select "id", "emailVerified" from "user" where "email" = $1`,
    [email.data],
  )
  const [person] = rows
  if (person && !person.emailVerified) throw new OidcRefusal('connect-first', 'the address here was never proven')
  if (!person && !parts.config.isSignUpOpen) throw new OidcRefusal('stranger', 'nobody has this address here')
  const id = person?.id ?? (await createPersonOf(parts, email.data, claims))
  await connect(parts, oidc, claims, id)
  return UserId.parse(id)
}

async function ownerOf({ pool }: Parts, { providerId }: Oidc, { sub }: Claims): Promise<string | undefined> {
  const { rows } = await pool.query<{ userId: string }>(
    `select "userId" from "account" where "providerId" = $1 and "accountId" = $2`,
    [providerId, sub],
  )
  return rows[0]?.userId
}

async function connect({ auth }: Parts, { providerId }: Oidc, { sub }: Claims, userId: string): Promise<void> {
  const { internalAdapter } = await auth.$context
  await internalAdapter.linkAccount({ userId, providerId, accountId: sub }).catch((error: unknown) => {
    throw isDuplicate(error) ? new OidcRefusal('taken', 'it was connected at the same moment', error) : error
  })
}

async function createPersonOf({ auth }: Parts, email: string, { name }: Claims): Promise<string> {
  const { internalAdapter } = await auth.$context
  const given = PersonName.safeParse(name)
  const user = await internalAdapter.createUser(
    { name: given.success ? given.data : email, email, emailVerified: true },
    { method: 'sso-oidc', sso: { providerId: 'oidc', profile: {} } },
  )
  return user.id
}
