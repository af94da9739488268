import { z } from 'zod'
import { ActiveDelegations } from '../delegations/contract.ts'
import { OrgId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { WorkspaceList } from '../workspaces/contract.ts'

/** The moment just after every event up to this time, or after this event. */
export const PastAt = z.object({
  orgId: OrgId,
  moment: z.union([z.object({ at: Instant }), z.object({ seq: z.int().nonnegative() })]),
})
export type PastAt = z.infer<typeof PastAt>

/**
 * The org as it was, in the shapes in which the present is given. What the log does not tell of a workspace (its role, its
 * model) is as it is today.
 */
export const PastView = z.object({
  seq: z.int().nonnegative(),
  /** When the last event before that moment happened; null before the first. */
  at: Instant.nullable(),
  list: WorkspaceList,
  work: ActiveDelegations,
})
export type PastView = z.infer<typeof PastView>

export const PastEvents = z.object({
  orgId: OrgId,
  afterSeq: z.int().nonnegative(),
  limit: z.int().min(1).max(500).default(200),
})
export type PastEvents = z.infer<typeof PastEvents>

/** What a track needs: from when to when, and how much happened in each of its equal parts. */
export const PastRange = z.object({
  firstAt: Instant.nullable(),
  lastAt: Instant.nullable(),
  lastSeq: z.int().nonnegative(),
  buckets: z.array(z.int().nonnegative()),
})
export type PastRange = z.infer<typeof PastRange>
