import { z } from 'zod'
import { OrgId, WorkspaceId } from '../kernel/ids.ts'
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
