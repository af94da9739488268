import { z } from 'zod'
import { DelegationId, MemoryId, OrgId, WorkspaceId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import { maxMemoryBytes, memoryKinds, memoryScopes } from './limits.ts'
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
