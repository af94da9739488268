import { z } from 'zod'
import { DelegationId, MemoryId, OrgId, WorkspaceId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { maxMemoryBytes, memoryKinds, memoryScopes, memorySorts } from './limits.ts'
import { utf8Bytes } from './utf8-bytes.ts'

/** Who reads it: this workspace; its team; everybody in the org. */
export const MemoryScope = z.enum(memoryScopes)
export type MemoryScope = z.infer<typeof MemoryScope>

/** What happened, what is so, how something is done, who is who. */
export const MemoryKind = z.enum(memoryKinds)
export type MemoryKind = z.infer<typeof MemoryKind>

export const MemoryText = z
  .string()
  .trim()
  .min(1, 'Say what to remember.')
  .regex(/^[^\0]*$/, 'Use no NUL character.')
  .refine((text) => utf8Bytes(text) <= maxMemoryBytes, 'Use at most 8 KB; split longer texts.')

export const Importance = z.number().min(0).max(1)

export const Memory = z.object({
  id: MemoryId,
  /** The workspace that wrote it, or in which a person did. */
  workspaceId: WorkspaceId,
  workspaceName: z.string(),
  scope: MemoryScope,
  kind: MemoryKind,
  text: z.string(),
  importance: Importance,
  /** Neither fades nor is merged away, and is found first. */
  pinned: z.boolean(),
  /** Where something was asked for: why it stands where it stands, each from 0 to 1. */
  why: z.object({ fits: z.number(), fresh: z.number(), weighs: z.number() }).nullable(),
  writtenByName: z.string(),
  createdAt: Instant,
  /** When an agent last recalled it. */
  usedAt: Instant.nullable(),
})
export type Memory = z.infer<typeof Memory>

/**
 * What a workspace can recall: newest first, or best first where something is asked for. Of fewer than two letters is no
 * word: those are looked for as they stand.
 */
export const ListMemories = z.object({
  orgId: OrgId,
  workspaceId: WorkspaceId,
  scope: MemoryScope.optional(),
  kind: MemoryKind.optional(),
  query: z.string().trim().max(400, 'Use at most 400 characters.').default(''),
  /** Of a search the best come first, whatever this says. */
  sort: z.enum(memorySorts).default('newest'),
  limit: z.int().min(1).max(50).default(50),
})
export type ListMemories = z.input<typeof ListMemories>

export const Remember = z.object({
  orgId: OrgId,
  workspaceId: WorkspaceId,
  text: MemoryText,
  scope: MemoryScope.default('LOCAL'),
  kind: MemoryKind.default('semantic'),
  importance: Importance.default(0.5),
})
export type Remember = z.infer<typeof Remember>

export const MemoryInput = z.object({ orgId: OrgId, memoryId: MemoryId })
export type MemoryInput = z.infer<typeof MemoryInput>

export const PlanInput = z.object({ orgId: OrgId, delegationId: DelegationId })

/** What people change of a memory; agents have no say in it. */
export const EditMemory = MemoryInput.extend({ importance: Importance.optional(), pinned: z.boolean().optional() })
export type EditMemory = z.infer<typeof EditMemory>

export const TidyingId = z.uuid().brand<'TidyingId'>()
export type TidyingId = z.infer<typeof TidyingId>

/** What tidying did to one memory. */
export const TidyChange = z.discriminatedUnion('does', [
  z.object({ does: z.literal('merged'), memoryId: MemoryId, into: MemoryId }),
  z.object({ does: z.literal('raised'), memoryId: MemoryId, from: Importance, to: Importance }),
  z.object({ does: z.literal('faded'), memoryId: MemoryId, from: Importance, to: Importance }),
  z.object({ does: z.literal('dropped'), memoryId: MemoryId }),
])
export type TidyChange = z.infer<typeof TidyChange>

export const TidyInput = z.object({ orgId: OrgId, workspaceId: WorkspaceId })
export const UntidyInput = z.object({ orgId: OrgId, tidyingId: TidyingId })

/** A tidying as people see it; it can be taken back for 30 days. */
export type Tidying = {
  id: TidyingId
  at: string
  byName: string
  merged: number
  faded: number
  dropped: number
  undoneAt: string | null
  canUndo: boolean
}
