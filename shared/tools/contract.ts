import { z } from 'zod'

/** A tool agents may call, as a person reads about it. */
export const ToolCard = z.object({
  name: z.string(),
  description: z.string(),
  /** Changes nothing. */
  isReadOnly: z.boolean(),
})
export type ToolCard = z.infer<typeof ToolCard>
