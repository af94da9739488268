import { z } from 'zod'
import { ContactPolicy } from './contract.ts'

export const orgEvents = [
  z.object({ type: z.literal('org.created'), payload: z.object({}) }),
  z.object({ type: z.literal('org.contact-policy-changed'), payload: z.object({ contactPolicy: ContactPolicy }) }),
  /** Everything alive was told to end and nothing new starts; `delegations` were alive. */
  z.object({ type: z.literal('org.stopped'), payload: z.object({ delegations: z.int().nonnegative() }) }),
  z.object({ type: z.literal('org.rehearsal-switched'), payload: z.object({ isRehearsal: z.boolean() }) }),
  z.object({ type: z.literal('org.started'), payload: z.object({}) }),
  z.object({ type: z.literal('org.frozen'), payload: z.object({}) }),
  z.object({ type: z.literal('org.unfrozen'), payload: z.object({}) }),
] as const
