import { z } from 'zod'

const Name = z.string().min(1).max(120)

/** When another model than the first is asked. Every condition that is there must hold. */
export const RouteWhen = z
  .object({
    /** Tokens of the conversation so far, estimated at four characters each. */
    shorter_than: z.int().positive().max(10_000_000).optional(),
    longer_than: z.int().positive().max(10_000_000).optional(),
    /** Any of these words or phrases stands in the task. */
    says: z.array(z.string().min(1).max(100)).min(1).max(50).optional(),
    /** The model was called this often for this piece of work already. */
    after_calls: z.int().positive().max(500).optional(),
  })
  .refine((when) => Object.values(when).some((condition) => condition !== undefined), 'Give at least one condition.')
export type RouteWhen = z.infer<typeof RouteWhen>

export const Route = z.object({ model: Name, when: RouteWhen })
export type Route = z.infer<typeof Route>

export const Compaction = z.object({
  /** A cheap one will do. */
  model: Name.optional(),
  /** From this many tokens on what is long past is told in summary; 1,000 at least. */
  at_tokens: z.int().min(1_000).max(10_000_000),
})

/** A JSON Schema for the final answer. */
export const AnswerSchema = z.record(z.string(), z.json())

/** Which models a piece of work asks, in full names; recorded with its context, so that decisions replay. */
export const ModelPlan = z.object({
  /** Asked in this order: the next when one fails. */
  chain: z.array(Name).min(1).max(10),
  routes: z.array(Route).max(20),
  compaction: z.object({ model: Name, atTokens: z.int().positive() }).nullable(),
  answerSchema: AnswerSchema.nullable(),
  /** The name the config has, where it is another than the first of the chain. */
  named: Name.nullable(),
})
export type ModelPlan = z.infer<typeof ModelPlan>
