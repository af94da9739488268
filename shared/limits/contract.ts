import { z } from 'zod'

/** What an org may where nothing else was agreed upon: so much that only a mistake or an attack gets there. */
export const defaultLimits = {
  workspaces: 5_000,
  running: 1_000,
  storageBytes: 20 * 1024 ** 3,
  eventsPerSecond: 500,
  readsPerSecond: 150,
  writesPerSecond: 50,
} as const

export const LimitName = z.enum([
  'workspaces',
  'running',
  'storageBytes',
  'eventsPerSecond',
  'readsPerSecond',
  'writesPerSecond',
])
export type LimitName = z.infer<typeof LimitName>

/** `used` is null where it is not counted: a pace is kept, not used up. */
export const OrgLimit = z.object({
  name: LimitName,
  used: z.number().nonnegative().nullable(),
  allowed: z.number().nonnegative(),
  /** Set by the operator for this org. */
  isAgreed: z.boolean(),
})
export type OrgLimit = z.infer<typeof OrgLimit>
export const OrgLimits = z.array(OrgLimit)
export type OrgLimits = z.infer<typeof OrgLimits>
