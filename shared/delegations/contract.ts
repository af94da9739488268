import { z } from 'zod'
import { DelegationId, KeyId, OrgId, UserId, WorkspaceId } from '../kernel/ids.ts'
import { MicroDollars } from '../kernel/money.ts'
import { Instant } from '../kernel/time.ts'
import { maxTaskChars } from './limits.ts'

export const DelegationState = z.enum(['queued', 'running', 'waiting', 'lost', 'completed', 'failed', 'cancelled'])
export type DelegationState = z.infer<typeof DelegationState>

export const WaitingFor = z.enum(['child', 'approval', 'input', 'budget', 'retry'])
export type WaitingFor = z.infer<typeof WaitingFor>

/** Higher first. The names are what people and agents say. */
export const Priority = z.enum(['critical', 'high', 'normal', 'low'])
export type Priority = z.infer<typeof Priority>
export const priorityRank: Record<Priority, number> = { critical: 100, high: 75, normal: 50, low: 10 }

/** The people whose wish it is that another hand gives: they answer no questions of it. */
const onBehalfOf = z.array(UserId).optional()

/** Who gave the work. */
export const Requester = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), userId: UserId }),
  /** A machine of the organisation, by its key. */
  z.object({ kind: z.literal('key'), keyId: KeyId, name: z.string() }),
  /** `delegationId` is null where its agent runs outside our engine. */
  z.object({
    kind: z.literal('workspace'),
    workspaceId: WorkspaceId,
    delegationId: DelegationId.nullable(),
    onBehalfOf,
  }),
  z.object({ kind: z.literal('system'), name: z.string(), onBehalfOf }),
])
export type Requester = z.infer<typeof Requester>

export const CreateDelegation = z.object({
  orgId: OrgId,
  workspaceId: WorkspaceId,
  task: z
    .string()
    .trim()
    .min(1, 'Say what is to be done.')
    .max(maxTaskChars, `Use at most ${maxTaskChars} characters.`)
    .regex(/^[^\0]*$/, 'Use no NUL character.'),
  priority: Priority.default('normal'),
  /** The same key gives the same delegation again instead of a second one; a failed or cancelled one frees it. */
  idempotencyKey: z.string().min(1).max(200).optional(),
  /** Answer `busy` instead of queueing when the workspace works at its limit. */
  rejectWhenBusy: z.boolean().default(false),
})
export type CreateDelegation = z.infer<typeof CreateDelegation>

export const DelegationInput = z.object({ orgId: OrgId, delegationId: DelegationId })
export type DelegationInput = z.infer<typeof DelegationInput>

/** An act on work; sent twice under one key, as after a lost answer, it is done once. */
const ActedOnce = DelegationInput.extend({ idempotencyKey: z.uuid().optional() })

export const RetryDelegation = ActedOnce
/** A person's words into work that has begun. */
export const SendMessage = ActedOnce.extend({
  text: z
    .string()
    .trim()
    .min(1, 'Say something.')
    .max(maxTaskChars, `Use at most ${maxTaskChars} characters.`)
    .regex(/^[^\0]*$/, 'Use no NUL character.'),
})
export const ReassignDelegation = DelegationInput.extend({ workspaceId: WorkspaceId })
export const SettleInterrupted = DelegationInput.extend({ how: z.enum(['again', 'skip', 'end']) })

export const StepKind = z.enum(['context', 'model', 'tool', 'message', 'note'])
export type StepKind = z.infer<typeof StepKind>
export const StepState = z.enum(['pending', 'running', 'waiting', 'done', 'failed', 'cancelled'])
export type StepState = z.infer<typeof StepState>

/** One line of a delegation's trace, as people see it. */
export const StepView = z.object({
  step: z.int().nonnegative(),
  kind: StepKind,
  state: StepState,
  /** Tool or model name. */
  name: z.string(),
  /** One sentence for the list; details are in input and output. */
  summary: z.string(),
  attempt: z.int().positive(),
  childId: DelegationId.nullable(),
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  inputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  cost: MicroDollars,
  /** True where the words come from the rehearsal model. */
  isRehearsal: z.boolean(),
  /** Absent where there is nothing to show. */
  input: z.unknown().optional(),
  output: z.unknown().optional(),
  error: z.string().nullable(),
})
export type StepView = z.infer<typeof StepView>

export const DelegationView = z.object({
  id: DelegationId,
  parentId: DelegationId.nullable(),
  rootId: DelegationId,
  workspaceId: WorkspaceId,
  workspaceName: z.string(),
  requester: Requester,
  /** Name of the person or workspace that asked. */
  requesterName: z.string(),
  task: z.string(),
  state: DelegationState,
  waitingFor: WaitingFor.nullable(),
  /** Why it waits, failed or was cancelled, in a sentence with the next action. */
  reason: z.string().nullable(),
  answer: z.string().nullable(),
  isRehearsal: z.boolean(),
  priority: Priority,
  depth: z.int().nonnegative(),
  stepsTaken: z.int().nonnegative(),
  stepLimit: z.int().positive(),
  inputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  cost: MicroDollars,
  createdAt: Instant,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  /** 1 is next; null unless it is queued. Counted to 1,000 at most. */
  queuePosition: z.int().positive().nullable(),
})
export type DelegationView = z.infer<typeof DelegationView>

/** What a delegation stands still for now, until it is released; `againAt` where the clock releases it. */
export const HoldView = z.object({
  code: z.enum(['money', 'key', 'loop', 'interrupted', 'provider']),
  reason: z.string(),
  againAt: Instant.nullable(),
})
export type HoldView = z.infer<typeof HoldView>

/** A delegation with its trace and the delegations below it, oldest first. */
export const DelegationDetail = z.object({
  delegation: DelegationView,
  hold: HoldView.nullable(),
  steps: z.array(StepView),
  children: z.array(DelegationView),
})
export type DelegationDetail = z.infer<typeof DelegationDetail>

/** All of one tree, those nearest to its root first; `total` counts those that are not shown too. */
export const DelegationTree = z.object({ delegations: z.array(DelegationView), total: z.int().nonnegative() })
export type DelegationTree = z.infer<typeof DelegationTree>

/** What the live graph starts from: every delegation not yet ended, and the sequence number it is true at. */
export const ActiveDelegation = z.object({
  id: DelegationId,
  parentId: DelegationId.nullable(),
  workspaceId: WorkspaceId,
  fromWorkspaceId: WorkspaceId.nullable(),
  state: DelegationState,
  waitingFor: WaitingFor.nullable(),
  since: Instant,
})
export type ActiveDelegation = z.infer<typeof ActiveDelegation>
const WorkspaceSpend = z.object({ workspaceId: WorkspaceId, today: MicroDollars })
const WorkspaceFailures = z.object({ workspaceId: WorkspaceId, today: z.int().positive() })
export const ActiveDelegations = z.object({
  seq: z.int().nonnegative(),
  delegations: z.array(ActiveDelegation),
  spend: z.array(WorkspaceSpend),
  /** Delegations that failed since midnight UTC, by workspace. */
  failures: z.array(WorkspaceFailures),
})
export type ActiveDelegations = z.infer<typeof ActiveDelegations>

/**
 * What a page begins with. Its parts are read side by side, each at a moment of its own: all of them know the events up to
 * `settledSeq`, which are some seconds old; of later ones a part may know nothing yet.
 */
export type LiveBeginning = ActiveDelegations & { settledSeq: number }

export const CreatedDelegation = z.object({
  delegationId: DelegationId,
  state: DelegationState,
  idempotentHit: z.boolean(),
})
export type CreatedDelegation = z.infer<typeof CreatedDelegation>

/** `workspaceId` absent: the whole org, newest first. `before` pages by creation time. */
export const ListDelegations = z.object({
  orgId: OrgId,
  workspaceId: WorkspaceId.optional(),
  /** Only those a person, schedule or channel gave: the roots of trees. */
  rootsOnly: z.boolean().default(false),
  before: Instant.optional(),
  limit: z.int().min(1).max(100).default(50),
})
export type ListDelegations = z.infer<typeof ListDelegations>
