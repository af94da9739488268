import { z } from 'zod'

/** Integer micro-dollars: 1_000_000 is one US dollar. Never a float, never negative where it is a spend. */
export const MicroDollars = z.int().nonnegative()
export type MicroDollars = z.infer<typeof MicroDollars>
