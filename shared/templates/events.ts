import { z } from 'zod'

const count = z.int().nonnegative()

export const templateEvents = [
  z.object({
    type: z.literal('template.imported'),
    payload: z.object({ template: z.string(), created: count, updated: count, kept: count }),
  }),
] as const
