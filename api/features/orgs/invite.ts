import { AppError } from '#shared/kernel/app-error.ts'
import { InvitationId } from '#shared/kernel/ids.ts'
import type { Role } from '#shared/orgs/contract.ts'
import { type InvitePerson, invitationDays, type SentInvitation } from '#shared/orgs/people-contract.ts'
import { isAtLeast } from '#shared/orgs/permission.ts'
import { type Actor, type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction } from '../../kernel/db.ts'
import { publicUrlOf } from '../../kernel/mail/public-url.ts'
import { isMailConfigured, sendMail } from '../../kernel/mail/send-mail.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import {
  countInvitations,
  deleteInvitation,
  insertInvitation,
  lockInvitation,
  renewInvitation,
} from './invitation-store.ts'
import { makeInvitationToken } from './invitation-token.ts'
import { lockMembers, type Standing, selectMembers } from './people-store.ts'
import { findName } from './store.ts'

const maxOpen = 200

/**
 * Invites somebody by their address, to at most the role one has. The link is mailed; or, where the server sends no mail, its
 * token is in this answer and nowhere else ever.
 */
export async function invitePerson(
  context: OrgContext,
  { email, role }: Omit<InvitePerson, 'orgId'>,
): Promise<SentInvitation> {
  const by = requireInviter(context)
  const { token, hash } = makeInvitationToken()
  const isMailed = isMailConfigured()
  const made = await inTransaction(context, async (tx) => {
    const standing = await lockMembers(tx)
    requireMayGive(roleNow(standing, by), role)
    const member = (await selectMembers(tx)).find((one) => one.email === email)
    if (member) throw new AppError('conflict', `${member.name} is in this organisation already.`, { field: 'email' })
    if ((await countInvitations(tx)) >= maxOpen) {
      throw new AppError('conflict', `At most ${maxOpen} invitations may be open.`, { fix: 'Revoke some first.' })
    }
    const id = InvitationId.parse(uuidv7())
    const invitation = await insertInvitation(tx, { id, email, role, hash, isMailed, by })
    if (!invitation) {
      throw new AppError('conflict', `${email} is invited already.`, {
        field: 'email',
        fix: 'Send that invitation again, or revoke it first.',
      })
    }
    tx.tell({ type: 'member.invited', payload: { invitationId: id, role } })
    return { invitation, orgName: await findName(tx) }
  })
  return await send(context, by, { ...made, token })
}

/** Sends a new link for an open invitation; the old one opens nothing from then on. */
export async function resendInvitation(context: OrgContext, id: InvitationId): Promise<SentInvitation> {
  const by = requireInviter(context)
  const { token, hash } = makeInvitationToken()
  const made = await inTransaction(context, async (tx) => {
    const standing = await lockMembers(tx)
    const open = await lockInvitation(tx, id)
    if (!open) throw noSuchInvitation()
    requireMayGive(roleNow(standing, by), open.role)
    const invitation = await renewInvitation(tx, { id, hash, isMailed: isMailConfigured(), by })
    if (!invitation) throw noSuchInvitation()
    tx.tell({ type: 'member.invited', payload: { invitationId: id, role: open.role } })
    return { invitation, orgName: await findName(tx) }
  })
  return await send(context, by, { ...made, token })
}

/** From now on its link opens nothing. */
export async function revokeInvitation(context: OrgContext, id: InvitationId): Promise<void> {
  requireMay(context, 'people.invite')
  await inTransaction(context, async (tx) => {
    if (!(await deleteInvitation(tx, id))) throw noSuchInvitation()
    tx.tell({ type: 'member.invitation-revoked', payload: { invitationId: id } })
  })
}

type Person = Extract<Actor, { kind: 'person' }>

function requireInviter(context: OrgContext): Person {
  requireMay(context, 'people.invite')
  if (context.actor.kind === 'person') return context.actor
  throw new AppError('forbidden', 'People are invited by people.')
}

function roleNow(standing: readonly Standing[], { userId }: Person): Role {
  const found = standing.find((one) => one.userId === userId)
  if (found) return found.role
  throw new AppError('not-found', 'There is no such organisation.')
}

function requireMayGive(mine: Role, role: Role): void {
  if (isAtLeast(mine, 'admin') && isAtLeast(mine, role)) return
  throw new AppError('forbidden', `You may invite people as ${mine} at most, which is your own role.`, {
    field: 'role',
  })
}

type Made = { invitation: SentInvitation['invitation']; orgName: string; token: string }

async function send({ db }: OrgContext, by: Person, { invitation, orgName, token }: Made): Promise<SentInvitation> {
  if (!invitation.isMailed) return { invitation, token }
  const { email, role } = invitation
  await sendMail({
    to: email,
    subject: `${by.name} invites you to ${orgName}`,
    text: `${by.name} invites you to the organisation ${orgName} on Delegraph, as ${role}.

Open this link to join; it works once and for ${invitationDays} days:
${publicUrlOf(db)}/invite#token=${token}

If you do not know ${by.name}, do nothing: without the link nothing happens.
`,
  })
  return { invitation, token: null }
}

function noSuchInvitation(): AppError {
  return new AppError('not-found', 'There is no such invitation.', { fix: 'It may have been accepted or revoked.' })
}
