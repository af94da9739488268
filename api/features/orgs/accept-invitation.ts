import { AppError } from '#shared/kernel/app-error.ts'
import type { OrgId, UserId } from '#shared/kernel/ids.ts'
import { isAtLeast } from '#shared/orgs/permission.ts'
import type { OrgContext, Origin } from '../../kernel/actor.ts'
import { type Db, inTransaction } from '../../kernel/db.ts'
import { deleteInvitation, findByHash, findEmailOf, type Held, lockInvitation } from './invitation-store.ts'
import { invitationHash } from './invitation-token.ts'
import { addMember, lockMembers } from './people-store.ts'

/** What the link opens. The same words for a link that was never made, was taken, revoked or has expired. */
export async function requireInvitation(db: Db, token: string): Promise<Held> {
  const hash = invitationHash(token)
  const held = hash && (await findByHash(db, hash))
  if (held) return held
  throw new AppError('not-found', 'This invitation does not hold any more.', {
    fix: 'It may have been used, revoked or have expired. Ask whoever invited you for a new one.',
  })
}

type Joining = { user: { id: UserId; name: string }; origin?: Origin | undefined }

/** Joins the org with the role of the invitation, which is used up. It is for whoever has its address, and nobody else. */
export async function acceptInvitation(db: Db, token: string, { user, origin }: Joining): Promise<{ orgId: OrgId }> {
  const held = await requireInvitation(db, token)
  const email = await findEmailOf(db, user.id)
  if (email?.toLowerCase() !== held.email) throw notYours(held, email)
  const actor = { kind: 'person', userId: user.id, name: user.name, role: held.role } as const
  const context: OrgContext = { db, orgId: held.orgId, actor, origin }
  await inTransaction(context, async (tx) => {
    const members = await lockMembers(tx)
    const open = await lockInvitation(tx, held.id)
    const inviter = members.find((one) => one.userId === open?.invitedBy)
    // Who was demoted or removed meanwhile gives nothing any more.
    if (!open || !inviter || !isAtLeast(inviter.role, open.role) || !isAtLeast(inviter.role, 'admin')) {
      throw new AppError('not-found', 'This invitation does not hold any more.', {
        fix: 'Ask somebody in the organisation for a new one.',
      })
    }
    await deleteInvitation(tx, held.id)
    const payload = { userId: user.id, role: open.role, invitationId: held.id }
    if (await addMember(tx, { userId: user.id, role: open.role })) tx.tell({ type: 'member.joined', payload })
  })
  return { orgId: held.orgId }
}

function notYours(held: Held, email: string | null): AppError {
  const you = email ? `you are signed in as ${email}` : 'you are signed in with another account'
  return new AppError('forbidden', `This invitation is for ${held.email}, but ${you}.`, {
    fix: `Sign out and open the link again, or ask ${held.invitedBy} to invite your address.`,
  })
}
