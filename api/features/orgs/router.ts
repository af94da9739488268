import { AppError } from '#shared/kernel/app-error.ts'
import { OrgInput, SetContactPolicy, SetRehearsal } from '#shared/orgs/contract.ts'
import { orgProcedure, router, userProcedure } from '../../kernel/trpc.ts'
import { setContactPolicy } from './set-contact-policy.ts'
import { setRehearsal } from './set-rehearsal.ts'
import { findOrgOf, listOrgsOf } from './store.ts'

export const orgsRouter = router({
  /** The person's orgs with the role in each, oldest first. */
  list: userProcedure.query(({ ctx }) => listOrgsOf(ctx.db, ctx.user.id)),
  get: orgProcedure.input(OrgInput).query(async ({ ctx, input }) => {
    const org = await findOrgOf(ctx.db, ctx.user.id, input.orgId)
    if (!org) throw new AppError('not-found', 'There is no such organisation.')
    return org
  }),
  setRehearsal: orgProcedure.input(SetRehearsal).mutation(({ ctx, input }) => setRehearsal(ctx.org, input.isRehearsal)),
  setContactPolicy: orgProcedure
    .input(SetContactPolicy)
    .mutation(({ ctx, input }) => setContactPolicy(ctx.org, input.contactPolicy)),
})
