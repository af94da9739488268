import { z } from 'zod'
import { DelegationId, OrgId, WorkspaceId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import type { OrgEvent } from '../org-event.ts'

/** What happened to, in or from one workspace, newest first. `cursor` is the sequence number of the last one seen. */
export const ListActivity = z.object({
  orgId: OrgId,
  workspaceId: WorkspaceId,
  cursor: z.int().positive().optional(),
  limit: z.int().min(1).max(100).default(50),
})
export type ListActivity = z.infer<typeof ListActivity>

/** `next` is the `cursor` of the following page; null at the beginning of the log. */
export type ActivityPage = { events: OrgEvent[]; next: number | null }

/** A slice of the log to export. What is absent does not narrow it. */
export const AuditSlice = z.object({
  /** From this time on, and before that one. */
  since: Instant.optional(),
  until: Instant.optional(),
  /** What happened to, in or from this workspace. */
  workspaceId: WorkspaceId.optional(),
  /** What belongs to this delegation or to a part of it. */
  delegationId: DelegationId.optional(),
  /** What one cause led to. */
  chainId: z.uuid().optional(),
})
export type AuditSlice = z.infer<typeof AuditSlice>
