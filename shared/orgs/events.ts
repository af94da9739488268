import { z } from 'zod'
import { InvitationId, UserId } from '../kernel/ids.ts'
import { ContactPolicy, Role } from './contract.ts'

export const orgEvents = [
  z.object({ type: z.literal('org.created'), payload: z.object({}) }),
  z.object({ type: z.literal('org.contact-policy-changed'), payload: z.object({ contactPolicy: ContactPolicy }) }),
  /** Everything alive was told to end and nothing new starts; `delegations` were alive. */
  z.object({ type: z.literal('org.stopped'), payload: z.object({ delegations: z.int().nonnegative() }) }),
  z.object({ type: z.literal('org.rehearsal-switched'), payload: z.object({ isRehearsal: z.boolean() }) }),
  z.object({ type: z.literal('org.started'), payload: z.object({}) }),
  z.object({ type: z.literal('org.frozen'), payload: z.object({}) }),
  z.object({ type: z.literal('org.unfrozen'), payload: z.object({}) }),
  z.object({ type: z.literal('org.renamed'), payload: z.object({ name: z.string() }) }),
  /** Its last event: all doors are shut, and soon the log itself is gone. */
  z.object({ type: z.literal('org.deleted'), payload: z.object({}) }),
  z.object({
    type: z.literal('member.invited'),
    payload: z.object({ invitationId: InvitationId, role: Role }),
  }),
  z.object({ type: z.literal('member.invitation-revoked'), payload: z.object({ invitationId: InvitationId }) }),
  z.object({
    type: z.literal('member.joined'),
    payload: z.object({ userId: UserId, role: Role, invitationId: InvitationId }),
  }),
  z.object({ type: z.literal('member.role-changed'), payload: z.object({ userId: UserId, before: Role, role: Role }) }),
  z.object({ type: z.literal('member.removed'), payload: z.object({ userId: UserId }) }),
  z.object({ type: z.literal('member.left'), payload: z.object({ userId: UserId }) }),
] as const
