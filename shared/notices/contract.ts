import { z } from 'zod'
import type { DelegationState } from '../delegations/contract.ts'
import { type DelegationId, OrgId, type WorkspaceId } from '../kernel/ids.ts'

/** What of an org's log concerns the people in it. Somebody may put away a kind for themselves. */
export const NoticeKind = z.enum([
  'completed',
  'failed',
  'lost',
  'approval',
  'budget',
  'input',
  'loop',
  'joined',
  'tools',
  'told',
  'message',
])
export type NoticeKind = z.infer<typeof NoticeKind>

/** What a screen notices by itself; it is muted like the others and kept nowhere. */
const LocalKind = z.enum(['conflict', 'connection'])

export const MutableKind = z.enum([...NoticeKind.options, ...LocalKind.options])
export type MutableKind = z.infer<typeof MutableKind>

/** An event of the log, told to one person. Its number is the event's. */
export type Notice = {
  seq: number
  at: string
  kind: NoticeKind
  isRead: boolean
  workspace: { id: WorkspaceId; name: string; isDeleted: boolean } | null
  /** The work it is about, as it stands now. */
  delegation: { id: DelegationId; task: string; state: DelegationState } | null
  /** What an agent said, the person who joined, the tool an approval was asked for, the rule a loop broke, or how much of a budget is used. */
  detail: string | null
  /** Of what an agent told: the category. */
  category: string | null
}

export type NoticePage = {
  notices: Notice[]
  /** The `before` of the following page; null where there is none. */
  next: number | null
}

/** The person's own view: how much is unread, at most `unreadMax` of limits.ts, and which kinds they put away. */
export type NoticeState = { unread: number; muted: MutableKind[] }

export const ListNotices = z.object({
  orgId: OrgId,
  before: z.int().positive().optional(),
  limit: z.int().min(1).max(100).default(30),
})
export type ListNotices = z.infer<typeof ListNotices>

const seqs = z.array(z.int().positive()).min(1, 'Name at least one.').max(200, 'Name at most 200 at once.')

export const MarkNotices = z.object({ orgId: OrgId, seqs })
export type MarkNotices = z.infer<typeof MarkNotices>

/** Everything up to this number, as far as the person's list went. */
export const MarkAllNotices = z.object({ orgId: OrgId, upTo: z.int().positive() })
export type MarkAllNotices = z.infer<typeof MarkAllNotices>

export const MuteNotices = z.object({
  orgId: OrgId,
  kinds: z.array(MutableKind).max(MutableKind.options.length),
})
export type MuteNotices = z.infer<typeof MuteNotices>
