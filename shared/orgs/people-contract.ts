import { z } from 'zod'
import { InvitationId, OrgId, UserId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { Role } from './contract.ts'

export const invitationDays = 7

/** As it is kept: people type an address with capitals and spaces around. */
const InvitedEmail = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'Use at most 254 characters.')
  .pipe(z.email('Write an e-mail address like name@example.com.'))

/** Somebody in the org. Addresses are shown to those who may invite, and to oneself. */
export const Member = z.object({
  userId: UserId,
  name: z.string(),
  email: z.string().nullable(),
  role: Role,
  joinedAt: Instant,
  isYou: z.boolean(),
})
export type Member = z.infer<typeof Member>

/** An invitation that nobody has taken yet. The link is in no list: of it only a hash is kept. */
export const Invitation = z.object({
  id: InvitationId,
  email: z.string(),
  role: Role,
  invitedBy: z.string(),
  isMailed: z.boolean(),
  sentAt: Instant,
  expiresAt: Instant,
  isExpired: z.boolean(),
})
export type Invitation = z.infer<typeof Invitation>

/** `invitations` is empty for those who may not invite. `former`: names of those who left, for what the log says of them. */
export type People = {
  members: Member[]
  invitations: Invitation[]
  former: { userId: UserId; name: string }[]
  /** Links are mailed by the server, and shown to nobody. */
  isMailed: boolean
}

export const InvitePerson = z.strictObject({ orgId: OrgId, email: InvitedEmail, role: Role })
export type InvitePerson = z.infer<typeof InvitePerson>

/** `token`: for the link, told to whoever invited and nobody else; null where the link was mailed. */
export type SentInvitation = { invitation: Invitation; token: string | null }

export const InvitationInput = z.strictObject({ orgId: OrgId, invitationId: InvitationId })
export const MemberInput = z.strictObject({ orgId: OrgId, userId: UserId })
export const ChangeRole = z.strictObject({ orgId: OrgId, userId: UserId, role: Role })

/** What the link of an invitation opens, for whoever holds it. */
export const OpenInvitation = z.object({
  orgId: OrgId,
  orgName: z.string(),
  email: z.string(),
  role: Role,
  invitedBy: z.string(),
  /** Somebody signs in with this address already. */
  hasAccount: z.boolean(),
  /** Who is signed in here: null for nobody; `isInvited` where it is theirs. */
  you: z.object({ name: z.string(), email: z.string().nullable(), isInvited: z.boolean() }).nullable(),
})
export type OpenInvitation = z.infer<typeof OpenInvitation>

const token = z.string().min(1).max(100)
export const LookAtInvitation = z.strictObject({ token })
/** `name` and `password` from somebody who has no account yet. */
export const AcceptInvitation = z.strictObject({
  token,
  name: z.string().max(200).optional(),
  password: z.string().max(500).optional(),
})
