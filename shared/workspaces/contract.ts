import { z } from 'zod'
import { OrgId, WorkspaceId } from '../kernel/ids.ts'
import { Instant } from '../kernel/time.ts'
import type { Mount } from './mounts.ts'

/** The lifecycle of a workspace, shown as `data-status`. What it does now is its activity (see delegations). */
export const WorkspaceStatus = z.enum([
  'provisioning',
  'online',
  'offline',
  'degraded',
  'failed',
  'removed',
  'paused',
  'hibernated',
])
export type WorkspaceStatus = z.infer<typeof WorkspaceStatus>

export const WorkspaceName = z
  .string()
  .trim()
  .min(1, 'Give the workspace a name.')
  .max(80, 'Use at most 80 characters.')
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Use no control characters.')

export const Position = z.object({ x: z.number().finite(), y: z.number().finite() })
export type Position = z.infer<typeof Position>

export const Workspace = z.object({
  id: WorkspaceId,
  parentId: WorkspaceId.nullable(),
  name: z.string(),
  role: z.string(),
  runtime: z.string(),
  model: z.string(),
  tier: z.int(),
  status: WorkspaceStatus,
  maxConcurrentTasks: z.int().positive(),
  /** Paused by itself; `status` is also paused below a paused one. */
  isPausedHere: z.boolean(),
  /** By itself or by anything above: agents may only read. */
  isFrozen: z.boolean(),
  isFrozenHere: z.boolean(),
  /** Absolute canvas coordinates of the card's top left corner; null while the layout decides. */
  position: Position.nullable(),
  /** Marks to show, e.g. "needs ANTHROPIC_API_KEY". */
  marks: z.array(z.string()),
  createdAt: Instant,
})
export type Workspace = z.infer<typeof Workspace>

/** All living workspaces of an org with the event sequence number they are true at. */
export const WorkspaceList = z.object({ seq: z.int().nonnegative(), workspaces: z.array(Workspace) })
export type WorkspaceList = z.infer<typeof WorkspaceList>

const InWorkspace = z.object({ orgId: OrgId, workspaceId: WorkspaceId })

export const CreateWorkspace = z.object({
  orgId: OrgId,
  name: WorkspaceName,
  role: z.string().trim().max(400, 'Use at most 400 characters.').default(''),
  model: z.string().trim().min(1).max(120).optional(),
  parentId: WorkspaceId.nullable().default(null),
  position: Position.nullable().default(null),
})
export type CreateWorkspace = z.infer<typeof CreateWorkspace>

export const RenameWorkspace = InWorkspace.extend({ name: WorkspaceName })
export type RenameWorkspace = z.infer<typeof RenameWorkspace>

/** Edits fields of the workspace's config.yaml; comments and order of the text survive. */
export const ConfigureWorkspace = InWorkspace.extend({
  role: z.string().trim().max(400, 'Use at most 400 characters.').optional(),
  model: z.string().trim().min(1, 'Name a model.').max(120).optional(),
})
export type ConfigureWorkspace = z.infer<typeof ConfigureWorkspace>

export const ControlWorkspace = InWorkspace.extend({ verb: z.enum(['pause', 'resume', 'freeze', 'unfreeze']) })
export type ControlWorkspace = z.infer<typeof ControlWorkspace>

export const PlaceWorkspaces = z.object({
  orgId: OrgId,
  positions: z
    .array(z.object({ workspaceId: WorkspaceId, position: Position.nullable() }))
    .min(1)
    .max(5_000),
  /** How the act reads after "Undo"; made up when absent. */
  name: z.string().trim().min(1).max(120).optional(),
  /** Small steps of one kind that follow each other within seconds are taken back together. */
  step: z.enum(['nudge']).optional(),
})
export type PlaceWorkspaces = z.infer<typeof PlaceWorkspaces>

/** `confirmed` lists the descendants the person saw; a team that grew meanwhile answers conflict. */
export const DeleteWorkspace = InWorkspace.extend({ confirmed: z.array(WorkspaceId).max(5_000).default([]) })
export type DeleteWorkspace = z.infer<typeof DeleteWorkspace>

/** One thing done to each of many; what can be done is done, and the rest is told with the reason. */
export const BatchWorkspaces = z.object({
  orgId: OrgId,
  verb: z.enum(['pause', 'resume', 'freeze', 'unfreeze', 'delete']),
  workspaces: z
    .array(z.object({ workspaceId: WorkspaceId, confirmed: z.array(WorkspaceId).max(5_000).default([]) }))
    .min(1)
    .max(1_000),
})
export type BatchWorkspaces = z.infer<typeof BatchWorkspaces>

export const BatchResult = z.object({
  done: z.array(WorkspaceId),
  failed: z.array(z.object({ workspaceId: WorkspaceId, message: z.string(), fix: z.string().optional() })),
})
export type BatchResult = z.infer<typeof BatchResult>

export const RestoreWorkspaces = z.object({ orgId: OrgId, workspaceIds: z.array(WorkspaceId).min(1).max(5_000) })
export type RestoreWorkspaces = z.infer<typeof RestoreWorkspaces>

export const MountsInput = InWorkspace

/** What a workspace reaches of the files of others, and who reaches its own. */
export type MountList = {
  mounts: Mount[]
  reachedBy: { workspaceId: WorkspaceId; name: string; mode: Mount['mode']; paths: readonly string[] | null }[]
}
