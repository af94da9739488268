import { z } from 'zod'
import { ContactPolicy } from './contract.ts'

export const orgEvents = [
  z.object({ type: z.literal('org.created'), payload: z.object({}) }),
  z.object({ type: z.literal('org.contact-policy-changed'), payload: z.object({ contactPolicy: ContactPolicy }) }),
] as const
