import type { People } from '#shared/orgs/people-contract.ts'
import { mayAs } from '#shared/policies.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { isMailConfigured } from '../../kernel/mail/send-mail.ts'
import { selectInvitations } from './invitation-store.ts'
import { selectFormer, selectMembers } from './people-store.ts'

/** Who is in the org. Addresses and open invitations are for those who may invite. */
export async function listPeople(context: OrgContext): Promise<People> {
  requireMay(context, 'people.read')
  const { db, orgId, actor } = context
  const mayInvite = 'role' in actor && mayAs(actor.role, 'people.invite')
  const you = actor.kind === 'person' ? actor.userId : undefined
  return await inSnapshot(db, orgId, async (reader) => {
    const [members, former, invitations] = await Promise.all([
      selectMembers(reader),
      selectFormer(reader),
      mayInvite ? selectInvitations(reader) : [],
    ])
    return {
      members: members.map(({ email, joinedAt, ...member }) => {
        const isYou = member.userId === you
        return { ...member, email: mayInvite || isYou ? email : null, joinedAt: joinedAt.toISOString(), isYou }
      }),
      invitations,
      former,
      isMailed: isMailConfigured(),
    }
  })
}
