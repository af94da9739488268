import { AppError } from '#shared/kernel/app-error.ts'
import type { Org } from '#shared/orgs/contract.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { noSuchOrg, type RequestContext } from '../../kernel/trpc.ts'
import { findOrg, listOrgsOf } from './store.ts'

/** The orgs of whoever asks, oldest first: all of a person's, the one of a key. */
export async function listOrgs({ db, user, machine }: RequestContext): Promise<Org[]> {
  if (!machine) return user ? await listOrgsOf(db, user.id) : []
  const org = await findOrg(db, machine.orgId, machine.role)
  return org ? [org] : []
}

/** The org of the context, with the role there of whoever asks. */
export async function getOrg(context: OrgContext): Promise<Org> {
  requireMay(context, 'orgs.read')
  const { db, orgId, actor } = context
  if (!('role' in actor)) throw new AppError('forbidden', 'An agent may not do this.')
  const org = await findOrg(db, orgId, actor.role)
  if (!org) throw noSuchOrg()
  return org
}
