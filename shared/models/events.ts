import { z } from 'zod'

export const modelEvents = [
  /** A name stands for another model now, or, where that is null, for what it stood for without us. */
  z.object({
    type: z.literal('model-alias.set'),
    payload: z.object({ name: z.string().max(60), model: z.string().max(120).nullable() }),
  }),
] as const
