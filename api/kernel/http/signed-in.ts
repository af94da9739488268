import type { Request } from 'express'
import { AppError } from '#shared/kernel/app-error.ts'
import { OrgId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../actor.ts'
import type { SignedIn } from '../identity/identity.ts'
import { limitsOf } from '../limits/of-db.ts'
import { spendExpensive } from '../limits/rate-store.ts'
import type { Db } from '../pool.ts'
import { inOrg, noSuchOrg, signInFirst } from '../trpc.ts'
import type { Callers } from './callers.ts'

/** What routes beside tRPC's need to know who asks. */
export type Door = { db: Db; callers: Callers }

/** A person, by a session: what is not of one org no key opens. */
export async function requireSignedIn(callers: Callers, req: Request): Promise<SignedIn['user']> {
  const { user, machine } = await callers.whoAsks(req)
  if (machine) throw new AppError('forbidden', 'A key may not do this.', { fix: 'Sign in and do it yourself.' })
  if (!user) throw signInFirst()
  return user
}

/** The context of whoever asks, in the org of an address; not-found for an org that is not theirs. */
export async function requireInOrg({ db, callers }: Door, req: Request, orgId: unknown): Promise<OrgContext> {
  const caller = await callers.whoAsks(req)
  if (!caller.user && !caller.machine) throw signInFirst()
  const asked = OrgId.safeParse(orgId)
  if (!asked.success) throw noSuchOrg()
  const context = await inOrg({ db, ...caller }, asked.data)
  // What is fetched this way is a whole log or a whole org.
  if (limitsOf(db)) await spendExpensive(context)
  return context
}
