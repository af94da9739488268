import { OrgInput, SetContactPolicy, SetRehearsal } from '#shared/orgs/contract.ts'
import { callerProcedure, orgProcedure, router } from '../../kernel/trpc.ts'
import { getOrg, listOrgs } from './get-org.ts'
import { setContactPolicy } from './set-contact-policy.ts'
import { setRehearsal } from './set-rehearsal.ts'

export const orgsRouter = router({
  /** The caller's orgs with the role in each, oldest first: a key's is one. */
  list: callerProcedure.query(({ ctx }) => listOrgs(ctx)),
  get: orgProcedure.input(OrgInput).query(({ ctx }) => getOrg(ctx.org)),
  setRehearsal: orgProcedure.input(SetRehearsal).mutation(({ ctx, input }) => setRehearsal(ctx.org, input.isRehearsal)),
  setContactPolicy: orgProcedure
    .input(SetContactPolicy)
    .mutation(({ ctx, input }) => setContactPolicy(ctx.org, input.contactPolicy)),
})
