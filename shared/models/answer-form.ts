import { checkerOf } from './fits-schema.ts'
import { AnswerSchema } from './model-plan.ts'

/** A JSON Schema that we can check answers by. */
export const AnswerForm = AnswerSchema.refine(
  (schema) => checkerOf(schema) !== undefined,
  'This is no JSON Schema that answers can be checked by.',
)
