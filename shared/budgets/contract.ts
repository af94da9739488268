import { z } from 'zod'
import { BudgetId, DelegationId, OrgId, WorkspaceId } from '../kernel/ids.ts'
import { MicroDollars } from '../kernel/money.ts'
import { budgetPeriods, budgetScopes } from './periods.ts'

const BudgetScopeName = z.enum(budgetScopes)
const BudgetPeriodName = z.enum(budgetPeriods)

/** A limit as people set it; null is no limit. */
const Limit = z
  .int('Give a whole number.')
  .nonnegative('Give zero or more.')
  .max(1_000_000_000_000, 'That is too much.')
  .nullable()
  .default(null)

export const BudgetLimits = z.object({
  /** Micro-dollars. */
  money: Limit,
  tokens: Limit,
  steps: Limit,
  seconds: Limit,
  toolCalls: Limit,
})
export type BudgetLimits = z.infer<typeof BudgetLimits>

/** One budget for each scope, workspace and period: setting it again changes its limits. */
export const SetBudget = z
  .object({
    orgId: OrgId,
    scope: BudgetScopeName,
    workspaceId: WorkspaceId.nullable().default(null),
    period: BudgetPeriodName,
    limits: BudgetLimits,
  })
  .refine(({ scope, workspaceId }) => (scope === 'org') === (workspaceId === null), {
    path: ['workspaceId'],
    message: "Name a workspace, or choose the organisation's budget.",
  })
  .refine(({ limits }) => Object.values(limits).some((limit) => limit !== null), {
    path: ['limits'],
    message: 'Limit at least one thing.',
  })
export type SetBudget = z.infer<typeof SetBudget>

export const RemoveBudget = z.object({ orgId: OrgId, budgetId: BudgetId })
export type RemoveBudget = z.infer<typeof RemoveBudget>

const Used = z.object({
  money: MicroDollars,
  tokens: z.int(),
  steps: z.int(),
  seconds: z.int(),
  toolCalls: z.int(),
})

export const Budget = z.object({
  id: BudgetId,
  scope: BudgetScopeName,
  workspaceId: WorkspaceId.nullable(),
  period: BudgetPeriodName,
  limits: BudgetLimits,
  /** Of the running day or month; of the fullest run or tree that goes on. */
  used: Used,
  /** What calls under way may still use. */
  reserved: z.object({ money: MicroDollars, tokens: z.int() }),
  /** The fullest of its limits, used and reserved together; over 100 where a limit was lowered. */
  percent: z.int().nonnegative(),
  /** Delegations that wait for it. */
  waiting: z.int().nonnegative(),
})
export type Budget = z.infer<typeof Budget>

/** What a delegation waits for: room in a budget, or a price. Null once it may go on. */
export const BudgetWait = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('budget'), budget: Budget, needed: z.object({ money: MicroDollars, tokens: z.int() }) }),
  z.object({ kind: z.literal('price'), model: z.string() }),
])
export type BudgetWait = z.infer<typeof BudgetWait>

export const WaitInput = z.object({ orgId: OrgId, delegationId: DelegationId })

const ModelName = z.string().trim().min(1, 'Name a model.').max(120, 'Use at most 120 characters.')
const Rate = z.int('Give a whole number.').nonnegative('Give zero or more.').max(1_000_000_000_000, 'That is too much.')

/** Micro-dollars for a million tokens. */
export const SetPrice = z.object({
  orgId: OrgId,
  model: ModelName,
  input: Rate,
  output: Rate,
  cacheRead: Rate.nullable().default(null),
})
export type SetPrice = z.infer<typeof SetPrice>

export const ResetPrice = z.object({ orgId: OrgId, model: ModelName })
export type ResetPrice = z.infer<typeof ResetPrice>

export const Price = z.object({
  model: z.string(),
  /** Where it comes from; `unknown` is never called. */
  source: z.enum(['override', 'catalogue', 'rehearsal', 'unknown']),
  input: z.int().nullable(),
  output: z.int().nullable(),
  cacheRead: z.int().nullable(),
})
export type Price = z.infer<typeof Price>

const SpendLine = z.object({ cost: MicroDollars, tokens: z.int(), calls: z.int() })
export type SpendLine = z.infer<typeof SpendLine>

/** What was really used, from the charges: the one truth of spend. */
export const Spend = z.object({
  today: SpendLine,
  month: SpendLine,
  byWorkspace: z.array(SpendLine.extend({ workspaceId: WorkspaceId, today: MicroDollars })),
  /** Null stands for tool calls. */
  byModel: z.array(SpendLine.extend({ model: z.string().nullable(), today: MicroDollars })),
})
export type Spend = z.infer<typeof Spend>
