import { z } from 'zod'
import { DelegationId, OrgId, WorkspaceId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import type { EventActor, OrgEvent } from '../org-event.ts'

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

const ActorKind = z.enum(['person', 'key', 'workspace', 'system'])

/** A slice of the log. What is absent does not narrow it. */
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
  /** What such actors did, or this one. */
  actorKind: ActorKind.optional(),
  actorId: z.string().min(1).max(120).optional(),
  /** The first word of its type: `workspace`, `budget`, … */
  about: z
    .string()
    .regex(/^[a-z-]{1,40}$/, 'It is the first word of a type, such as workspace.')
    .optional(),
  /** What has these words in its type, its contents or the names of whom it names. */
  text: z.string().trim().min(1).max(120).optional(),
})
export type AuditSlice = z.infer<typeof AuditSlice>

/** A page of the log, newest first, for the eye: of steps only tool calls that ended. `cursor` as in `ListActivity`. */
export const SearchAudit = AuditSlice.extend({
  orgId: OrgId,
  cursor: z.int().positive().optional(),
  limit: z.int().min(1).max(200).default(100),
})
export type SearchAudit = z.infer<typeof SearchAudit>

/** From where an act came. */
export const AuditOrigin = z.object({
  /** The actor's name as it was then. */
  name: z.string(),
  requestId: z.string(),
  address: z.string().nullable(),
  client: z.string().nullable(),
  proof: z.object({ kind: z.enum(['session', 'key', 'token']), id: z.string() }).nullable(),
})
export type AuditOrigin = z.infer<typeof AuditOrigin>

/** SHA-256, hexadecimal: of what a tool was given, and of what came of it (null while nothing has). */
export type AuditCall = { tool: string; argsSha256: string; resultSha256: string | null }

export type AuditEntry = {
  event: OrgEvent
  /** Null for what the engine did by itself. */
  origin: AuditOrigin | null
  call: AuditCall | null
  /** The event's hash in the chain of the log and that of the one before; null until it is sealed, within seconds. */
  hash: { own: string; before: string } | null
}

/** `names` has whom and what the entries name, by id. */
export type AuditPage = { entries: AuditEntry[]; names: Record<string, string>; next: number | null }

export type AuditActor = { kind: EventActor['kind']; id: string; name: string }

/** Who did something lately, for choosing. */
export type AuditActors = AuditActor[]

/** How long events are kept; null: for ever. */
export const SetRetention = z.object({ orgId: OrgId, keepDays: z.int().min(30).max(36_500).nullable() })
export type SetRetention = z.infer<typeof SetRetention>

export type AuditState = {
  keepDays: number | null
  /** The last event in the chain, and its hash: who notes these down knows later that nothing before was changed. */
  sealed: { seq: number; sha256: string }
  /** Events up to this one are gone by the policy. */
  dropped: { seq: number; at: string } | null
  lastSeq: number
}

export type LogProblem = { seq: number; problem: string }

/** `events` were looked at, from `firstSeq` on; `unsealed` are too new for the chain. */
export type LogVerdict = {
  isWhole: boolean
  problems: LogProblem[]
  events: number
  firstSeq: number | null
  unsealed: number
  sealed: { seq: number; sha256: string }
}
