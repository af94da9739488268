import { z } from 'zod'
import { DelegationId, OrgId, WorkspaceId } from '../kernel/ids.ts'
import { MicroDollars } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'
import { CreateDelegation, DelegationView, StepView } from './contract.ts'

/** What a replay found: nothing was called, every decision was made anew from what was recorded. */
export const ReplayReport = z.object({
  equal: z.boolean(),
  steps: z.int().nonnegative(),
  /** The canonical events, one a line. */
  events: z.string(),
  modelCalls: z.literal(0),
  /** The first decision that is another now, with both sides. */
  mismatch: z.object({ step: z.int().nonnegative(), recorded: z.unknown(), decided: z.unknown() }).nullable(),
})
export type ReplayReport = z.infer<typeof ReplayReport>

const PromptText = z
  .string()
  .max(200_000, 'Use at most 200000 characters.')
  .regex(/^[^\0]*$/, 'Use no NUL character.')

/** What is other in a fork than in the delegation it comes from. */
export const ForkEdit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing') }),
  z.object({ kind: z.literal('prompt'), text: PromptText }),
  z.object({ kind: z.literal('steps'), maxSteps: z.int().min(1).max(1_000) }),
  z.object({ kind: z.literal('model'), model: z.string().trim().min(1, 'Name a model.').max(200) }),
  /** The result of the call at the step the fork is made at. */
  z.object({ kind: z.literal('result'), text: PromptText }),
])
export type ForkEdit = z.infer<typeof ForkEdit>

/** A new delegation with the steps 0 to `atStep` of another; the calls of one answer stay together. */
export const ForkDelegation = z.object({
  orgId: OrgId,
  delegationId: DelegationId,
  atStep: z.int().nonnegative(),
  edit: ForkEdit,
})
export type ForkDelegation = z.infer<typeof ForkDelegation>

export const CompareDelegations = z.object({ orgId: OrgId, left: DelegationId, right: DelegationId })

/** Steps side by side, by their numbers; `edited` ones are in the shared beginning. */
export const ComparedStep = z.object({
  left: z.int().nonnegative().nullable(),
  right: z.int().nonnegative().nullable(),
  is: z.enum(['same', 'edited', 'other', 'only-left', 'only-right']),
})
export type ComparedStep = z.infer<typeof ComparedStep>

const ComparedSide = z.object({ delegation: DelegationView, steps: z.array(StepView) })

export const Comparison = z.object({
  left: ComparedSide,
  right: ComparedSide,
  rows: z.array(ComparedStep),
  /** How many steps both begin with; a fork did not pay for them again. */
  shared: z.int().nonnegative(),
  /** What the left one spent on those. */
  sharedCost: MicroDollars,
  sharedTokens: z.int().nonnegative(),
  isFork: z.boolean(),
})
export type Comparison = z.infer<typeof Comparison>

/** Forks of a delegation, newest first, and what it was forked from itself. */
export const Relatives = z.object({
  forkedFrom: DelegationId.nullable(),
  forkedAtStep: z.int().nonnegative().nullable(),
  forks: z.array(z.object({ id: DelegationId, atStep: z.int().nonnegative(), createdAt: Instant })),
})
export type Relatives = z.infer<typeof Relatives>

export const ListCases = z.object({ orgId: OrgId, workspaceId: WorkspaceId, last: z.int().min(1).max(20).default(5) })
export type ListCases = z.infer<typeof ListCases>

/** Recorded work a prompt can be tried on. */
export const PromptCase = z.object({
  delegationId: DelegationId,
  task: z.string(),
  answer: z.string(),
  finishedAt: Instant,
  modelCalls: z.int().nonnegative(),
  tokens: z.int().nonnegative(),
  cost: MicroDollars,
  /** What trying it will cost at most likely: its recorded tokens at the price of today. Null where no price is known. */
  estimate: MicroDollars.nullable(),
})
export type PromptCase = z.infer<typeof PromptCase>

export const PromptCases = z.object({ model: z.string(), isRehearsal: z.boolean(), cases: z.array(PromptCase) })
export type PromptCases = z.infer<typeof PromptCases>

export const TryPrompt = z.object({
  orgId: OrgId,
  workspaceId: WorkspaceId,
  delegationId: DelegationId,
  prompt: PromptText,
})
export type TryPrompt = z.infer<typeof TryPrompt>

/** How one case ends with the edited prompt. `answer` is null where it does not complete; then `reason` says why. */
export const PromptTrial = z.object({
  answer: z.string().nullable(),
  reason: z.string().nullable(),
  hasChanged: z.boolean(),
  modelCalls: z.int().nonnegative(),
  inputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  cost: MicroDollars,
  /** Calls nothing was recorded for: a simulated peer answered, or nobody. */
  unrecorded: z.array(z.object({ name: z.string(), by: z.enum(['peer', 'nobody']) })),
})
export type PromptTrial = z.infer<typeof PromptTrial>

export const DryRunInput = CreateDelegation.pick({ orgId: true, workspaceId: true, task: true })
export type DryRunInput = z.infer<typeof DryRunInput>

const DryCall = z.object({
  name: z.string(),
  summary: z.string(),

  isDone: z.boolean(),
})

/** One workspace at work in a dry run; `parent` is the index of who called it, null for the first. */
export const DryParty = z.object({
  parent: z.int().nonnegative().nullable(),
  workspaceId: WorkspaceId,
  name: z.string(),
  model: z.string(),
  isRehearsal: z.boolean(),
  task: z.string(),
  steps: z.int().nonnegative(),
  inputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  /** Null where the model has no known price. */
  cost: MicroDollars.nullable(),
  calls: z.array(DryCall),
  /** Tools, and the model, whose calls would wait for a yes; the dry run goes on as if it were given. */
  approvals: z.array(z.string()),
  /** Keys its declaration asks for; of each group one is enough. */
  secrets: z.array(z.array(z.string())),
  answer: z.string().nullable(),
  reason: z.string().nullable(),
})
export type DryParty = z.infer<typeof DryParty>

export const DryRun = z.object({
  parties: z.array(DryParty),
  /** Says what was left out where the run grew past its bounds. */
  cut: z.string().nullable(),
})
export type DryRun = z.infer<typeof DryRun>
