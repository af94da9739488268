import { CreateOrg, DeleteOrg, OrgInput, RenameOrg, SetContactPolicy, SetRehearsal } from '#shared/orgs/contract.ts'
import { MemberInput } from '#shared/orgs/people-contract.ts'
import { callerProcedure, orgProcedure, router, userProcedure } from '../../kernel/trpc.ts'
import { transferOrg } from './change-role.ts'
import { createOrg } from './create-org.ts'
import { deleteOrg, type EndWork } from './delete-org.ts'
import { getOrg, listOrgs } from './get-org.ts'
import { renameOrg } from './rename-org.ts'
import { setContactPolicy } from './set-contact-policy.ts'
import { setRehearsal } from './set-rehearsal.ts'

/** `endWork`: work is known by a feature above this one. */
export const orgsRouter = (endWork: EndWork) =>
  router({
    /** The caller's orgs with the role in each, oldest first: a key's is one. */
    list: callerProcedure.query(({ ctx }) => listOrgs(ctx)),
    get: orgProcedure.input(OrgInput).query(({ ctx }) => getOrg(ctx.org)),
    /** An empty one, which the person owns. */
    create: userProcedure.input(CreateOrg).mutation(async ({ ctx, input }) => {
      const { orgId } = await createOrg(ctx.db, { name: input.name, owner: ctx.user, origin: ctx.origin })
      return { orgId }
    }),
    rename: orgProcedure.input(RenameOrg).mutation(({ ctx, input }) => renameOrg(ctx.org, input.name)),
    transfer: orgProcedure.input(MemberInput).mutation(({ ctx, input }) => transferOrg(ctx.org, input.userId)),
    delete: orgProcedure.input(DeleteOrg).mutation(({ ctx, input }) => deleteOrg(ctx.org, input.name, endWork)),
    setRehearsal: orgProcedure
      .input(SetRehearsal)
      .mutation(({ ctx, input }) => setRehearsal(ctx.org, input.isRehearsal)),
    setContactPolicy: orgProcedure
      .input(SetContactPolicy)
      .mutation(({ ctx, input }) => setContactPolicy(ctx.org, input.contactPolicy)),
  })
