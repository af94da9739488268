import { z } from 'zod'
import { DelegationView, StepView } from './contract.ts'

/** How many delegations of a tree one log holds at most. */
export const maxLogged = 500

/** A delegation and all it handed on, each with its steps; those nearest to the first come first. */
export const DelegationLog = z.object({
  entries: z.array(z.object({ delegation: DelegationView, steps: z.array(StepView) })),
  /** How many delegations there are; more than `entries` where the log was cut. */
  total: z.int().positive(),
})
export type DelegationLog = z.infer<typeof DelegationLog>
