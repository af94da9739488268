import { OrgInput } from '#shared/orgs/contract.ts'
import { ChangeRole, InvitationInput, InvitePerson, MemberInput } from '#shared/orgs/people-contract.ts'
import { orgProcedure, router } from '../../kernel/trpc.ts'
import { changeRole, leaveOrg, removeMember } from './change-role.ts'
import { invitePerson, resendInvitation, revokeInvitation } from './invite.ts'
import { listPeople } from './list-people.ts'

/** Who is in an org. Accepting an invitation goes over HTTP: see invitation-routes.ts. */
export const peopleRouter = router({
  list: orgProcedure.input(OrgInput).query(({ ctx }) => listPeople(ctx.org)),
  invite: orgProcedure.input(InvitePerson).mutation(({ ctx, input }) => invitePerson(ctx.org, input)),
  resend: orgProcedure
    .input(InvitationInput)
    .mutation(({ ctx, input }) => resendInvitation(ctx.org, input.invitationId)),
  revoke: orgProcedure
    .input(InvitationInput)
    .mutation(({ ctx, input }) => revokeInvitation(ctx.org, input.invitationId)),
  changeRole: orgProcedure.input(ChangeRole).mutation(({ ctx, input }) => changeRole(ctx.org, input)),
  remove: orgProcedure.input(MemberInput).mutation(({ ctx, input }) => removeMember(ctx.org, input.userId)),
  leave: orgProcedure.input(OrgInput).mutation(({ ctx }) => leaveOrg(ctx.org)),
})
