import type { IncomingHttpHeaders } from 'node:http'
import { AppError } from '#shared/kernel/app-error.ts'
import { OrgId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../actor.ts'
import type { Identity, SignedIn } from '../identity/identity.ts'
import type { Db } from '../pool.ts'
import { personInOrg } from '../trpc.ts'

/** What routes beside tRPC's need to know who asks. */
export type Door = { db: Db; identity: Identity }

export async function requireSignedIn(identity: Identity, headers: IncomingHttpHeaders): Promise<SignedIn['user']> {
  const signedIn = await identity.whoIs(headers)
  if (!signedIn) throw new AppError('unauthenticated', 'Sign in first.', { fix: 'Open the sign-in link.' })
  return signedIn.user
}

/** The context of whoever is signed in, in the org of an address; not-found for an org that is not theirs. */
export async function requireInOrg(
  { db, identity }: Door,
  headers: IncomingHttpHeaders,
  orgId: unknown,
): Promise<OrgContext> {
  const user = await requireSignedIn(identity, headers)
  const asked = OrgId.safeParse(orgId)
  if (!asked.success) throw new AppError('not-found', 'There is no such organisation.')
  return await personInOrg(db, asked.data, user)
}
