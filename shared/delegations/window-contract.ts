import { z } from 'zod'
import { DelegationInput } from './contract.ts'

/** What the context window of a model call is made of, in the order in which it is sent. */
export const WindowPart = z.object({
  kind: z.enum([
    'prompt',
    'place',
    'shared',
    'conversation',
    'task',
    'file',
    'message',
    'answer',
    'memory',
    'plan',
    'result',
    'tools',
  ]),
  title: z.string(),
  /** The step of the trace it comes from; null where it was there from the beginning. */
  step: z.int().nonnegative().nullable(),
  /** As it was sent. */
  text: z.string(),
})
export type WindowPart = z.infer<typeof WindowPart>

export const WindowInput = DelegationInput.extend({ step: z.int().nonnegative() })

/** The exact request of one model call. Tokens are estimated with one tokenizer for all models; `counted` is the provider's. */
export const ModelWindow = z.object({
  model: z.string(),
  parts: z.array(WindowPart.extend({ tokens: z.int().nonnegative() })),
  estimated: z.int().nonnegative(),
  counted: z.int().nonnegative().nullable(),
  maxOutputTokens: z.int().positive().nullable(),
})
export type ModelWindow = z.infer<typeof ModelWindow>
