import { z } from 'zod'
import { BudgetLimits } from '../budgets/contract.ts'
import { budgetPeriods } from '../budgets/periods.ts'
import { OrgId, WorkspaceId } from '../kernel/ids.ts'
import { ToolVerdict } from '../tools/contract.ts'
import { Position } from '../workspaces/contract.ts'

/** Puts each workspace, with its team, under `toParentId` (null = root). */
export const MoveWorkspaces = z.object({
  orgId: OrgId,
  moves: z
    .array(
      z.object({
        workspaceId: WorkspaceId,
        toParentId: WorkspaceId.nullable(),
        /** Where its card lands; null lets the layout decide. */
        position: Position.nullable().default(null),
        /** The parent the person saw; another one meanwhile answers conflict. */
        expectedParentId: WorkspaceId.nullable().optional(),
      }),
    )
    .min(1)
    .max(200),
  /** Where the cards of those come to lie who move along. */
  places: z
    .array(z.object({ workspaceId: WorkspaceId, position: Position.nullable() }))
    .max(5_000)
    .default([]),
})
export type MoveWorkspaces = z.infer<typeof MoveWorkspaces>

export const ContactChange = z.object({
  workspaceId: WorkspaceId,
  name: z.string(),
  gains: z.array(z.object({ workspaceId: WorkspaceId, name: z.string(), relation: z.string() })),
  loses: z.array(z.object({ workspaceId: WorkspaceId, name: z.string(), relation: z.string() })),
})
export type ContactChange = z.infer<typeof ContactChange>

/** A budget of a team above that counts the work of the moved from now on, or no longer. */
export const BudgetChange = z.object({
  sign: z.enum(['gains', 'loses']),
  workspaceId: WorkspaceId,
  name: z.string(),
  period: z.enum(budgetPeriods),
  limits: BudgetLimits,
  /** Names of the moved ones it is about. */
  moved: z.array(z.string()),
})
export type BudgetChange = z.infer<typeof BudgetChange>

const MemorySource = z.object({ workspaceId: WorkspaceId, name: z.string(), count: z.int().positive() })

/** Whose TEAM memories a workspace reads from now on, and whose no longer; how many there are of each. */
export const MemoryChange = z.object({
  workspaceId: WorkspaceId,
  name: z.string(),
  gains: z.array(MemorySource),
  loses: z.array(MemorySource),
})
export type MemoryChange = z.infer<typeof MemoryChange>

/** What a rule of a team makes of tools: who may, asks or may not from now on, and because of what. */
export const ToolChange = z.object({
  workspaceId: WorkspaceId,
  name: z.string(),
  tools: z.array(z.string()),
  from: ToolVerdict,
  to: ToolVerdict,
  why: z.string(),
})
export type ToolChange = z.infer<typeof ToolChange>

/** Who is asked first for a yes; null: people. */
export const AnswerChange = z.object({
  workspaceId: WorkspaceId,
  name: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
})
export type AnswerChange = z.infer<typeof AnswerChange>

/** Tools that one of a lower tier reaches by handing work to one of a higher tier, which it may not call itself. */
export const ReachChange = z.object({
  sign: z.enum(['gains', 'loses']),
  workspaceId: WorkspaceId,
  name: z.string(),
  tier: z.int(),
  via: z.object({ workspaceId: WorkspaceId, name: z.string(), tier: z.int() }),
  tools: z.array(z.string()),
})
export type ReachChange = z.infer<typeof ReachChange>

/** Files of another workspace that a config grants, and that come into reach or leave it. */
export const FileReachChange = z.object({
  sign: z.enum(['gains', 'loses']),
  workspaceId: WorkspaceId,
  name: z.string(),
  of: z.string(),
  mount: z.string(),
  mode: z.enum(['read_only', 'read_write']),
})
export type FileReachChange = z.infer<typeof FileReachChange>

/** What a move would change, shown before it is confirmed. */
export const MovePreview = z.object({
  /** Names that move along below the moved ones. */
  movesAlong: z.array(z.string()),
  /** Delegations of the moved teams that are not finished; they finish under the rules they began with. */
  runningDelegations: z.int().nonnegative(),
  contacts: z.array(ContactChange),
  budgets: z.array(BudgetChange),
  memory: z.array(MemoryChange),
  tools: z.array(ToolChange),
  answers: z.array(AnswerChange),
  reach: z.array(ReachChange),
  files: z.array(FileReachChange),
})
export type MovePreview = z.infer<typeof MovePreview>
