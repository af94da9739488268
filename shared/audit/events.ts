import { z } from 'zod'

export const auditEvents = [
  /** A slice of the log left as a file. */
  z.object({ type: z.literal('audit.exported'), payload: z.object({ format: z.enum(['jsonl', 'csv']) }) }),
  /** How long events are kept; null: for ever. */
  z.object({
    type: z.literal('audit.retention-changed'),
    payload: z.object({ keepDays: z.int().positive().nullable() }),
  }),
  /** Events up to and including `toSeq` are gone by that policy; what is left begins after the one with this hash. */
  z.object({
    type: z.literal('audit.dropped'),
    payload: z.object({ toSeq: z.int().positive(), sha256: z.string().length(64), events: z.int().nonnegative() }),
  }),
  /** Somebody asked for a change that is not theirs to make; `times` since it was last told. */
  z.object({
    type: z.literal('access.refused'),
    payload: z.object({ call: z.string().max(120), times: z.int().positive() }),
  }),
] as const
