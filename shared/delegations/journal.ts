import { z } from 'zod'
import { AttachmentId, DelegationId, UserId, WorkspaceId } from '../kernel/ids.ts'
import { GivenMcpTool } from '../mcp/given.ts'
import { ModelPlan } from '../models/model-plan.ts'
import { ContactPolicy } from '../orgs/contract.ts'
import { DelegationState, StepKind, StepState } from './contract.ts'
import { RehearsalPart } from './rehearsal-script.ts'

export const Peer = z.object({
  id: WorkspaceId,
  name: z.string(),
  role: z.string(),
  relation: z.enum(['sibling', 'parent', 'child', 'ancestor', 'descendant']),
})
export type Peer = z.infer<typeof Peer>

/** What the agent saw of its organisation when the work began; later edits do not change a delegation that has begun. */
export const WorkContext = z.object({
  workspace: z.object({ id: WorkspaceId, name: z.string(), role: z.string() }),
  requesterName: z.string(),
  prompt: z.object({ text: z.string(), version: z.int().nonnegative() }),
  configVersion: z.int().nonnegative(),
  model: z.string(),
  /** Absent in work recorded before models could follow one another, and where there is but one. */
  plan: ModelPlan.optional(),
  isRehearsal: z.boolean(),
  contactPolicy: ContactPolicy,
  peers: z.array(Peer),
  tools: z.array(z.string()),
  /** Those of them that are tools of MCP servers, as people approved them. */
  mcp: z.array(GivenMcpTool).optional(),
  /** What the workspace above shares with it. */
  shared: z.array(z.object({ path: z.string(), text: z.string() })).optional(),
  /** Its plan is told anew at the end of each call; absent in work recorded before that was so. */
  showsPlan: z.boolean().optional(),
  maxSteps: z.int().positive(),
  /** The longest answer that is asked for; absent in work recorded before it could be chosen. */
  maxOutputTokens: z.int().positive().optional(),
  /** False: a model call that was interrupted waits for a person, like a tool that is not safe to repeat. */
  repeatsModelCalls: z.boolean().optional(),
  /** Parts of the rehearsal script this workspace may play. */
  rehearsal: z.array(RehearsalPart),
})
export type WorkContext = z.infer<typeof WorkContext>

/** A call as the model wrote it; `args` is its raw text, which may be no JSON at all. */
export const ToolCall = z.object({ id: z.string(), name: z.string(), args: z.string() })
export type ToolCall = z.infer<typeof ToolCall>

export const ModelAnswer = z.object({
  text: z.string(),
  calls: z.array(ToolCall),
  finish: z.enum(['stop', 'length', 'content-filter', 'tool-calls', 'error', 'interrupted', 'other']),
})
export type ModelAnswer = z.infer<typeof ModelAnswer>

export const ToolOutput = z.object({ text: z.string() })

/** A person let the work go on past its step limit. */
export const Continued = z.object({ extraSteps: z.int().positive() })
export const continueBy = 25

/** What a failed model call says of trying again; absent where it would be in vain. */
export const FailedCall = z.object({ retry: z.object({ afterMs: z.int().nonnegative() }).nullable() })

/** The work stands still until somebody, the budget or the clock releases it. Recorded as the note `hold`. */
export const Hold = z.object({
  for: z.enum(['approval', 'input', 'budget', 'retry']),
  code: z.enum(['money', 'key', 'loop', 'interrupted', 'provider']),
  reason: z.string(),
  /** Where it is about one step, e.g. the one that was interrupted. */
  step: z.int().nonnegative().optional(),
  /** Which of the loop breaker's rules. */
  rule: z.string().optional(),
  /** It goes on by itself after this time. */
  afterMs: z.int().nonnegative().optional(),
})
export type Hold = z.infer<typeof Hold>

/** The end of a hold, recorded as the note `released`. With `end` the work fails for the reason of the hold. */
export const Released = z.object({
  how: z.enum(['once', 'always', 'end', 'again', 'skip', 'timer', 'budget', 'key']),
  by: z.string(),
})
export type Released = z.infer<typeof Released>

/** The answer to a step that waits for one, recorded as the note `approval`. */
export const Approval = z.object({
  approvalId: z.uuid(),
  step: z.int().nonnegative(),
  decision: z.enum(['approved', 'denied', 'expired', 'withdrawn']),
  by: z.string(),
  reason: z.string(),
})
export type Approval = z.infer<typeof Approval>

/** A file a person gave with their words; `text` is what the model reads of it, null where it is given only the name. */
export const GivenFile = z.object({
  id: AttachmentId,
  name: z.string(),
  mediaType: z.string(),
  bytes: z.int().nonnegative(),
  sha256: z.string(),
  text: z.string().nullable(),
  /** Why the model is not given all of it, in words for both. */
  missing: z.string().nullable(),
})
export type GivenFile = z.infer<typeof GivenFile>

/** What a conversation brings into the work that one of its turns is, recorded as the note `conversation`, oldest turn first. */
export const Conversation = z.object({
  turns: z.array(z.object({ asked: z.string(), answered: z.string() })),
  /** So many turns before those are not given. */
  leftOut: z.int().nonnegative(),
  files: z.array(GivenFile),
})
export type Conversation = z.infer<typeof Conversation>

/** A person's words into work that has begun, recorded as the note `message`. */
export const Message = z.object({
  text: z.string(),
  by: z.string(),
  /** Whose hands wrote it; absent in work recorded before it was kept. */
  byUser: UserId.optional(),
  files: z.array(GivenFile).optional(),
  /** Words that come again under it were heard; absent where whoever said them gave none. */
  key: z.string().optional(),
})
export type Message = z.infer<typeof Message>

export const RecordedStep = z.object({
  step: z.int().nonnegative(),
  kind: StepKind,
  state: StepState,
  name: z.string(),
  /** The model step whose answer asked for this call, and its place in it. */
  askedBy: z.int().nonnegative().nullable(),
  call: z.int().nonnegative().nullable(),
  childId: DelegationId.nullable(),
  /** The question this step waits, or waited, for. */
  approvalId: z.uuid().nullable().default(null),
  input: z.unknown(),
  output: z.unknown(),
  error: z.string().nullable(),
})
export type RecordedStep = z.infer<typeof RecordedStep>

/** All that `decide` may know: the delegation's facts and its recorded steps, in recorded order. */
export const Journal = z.object({
  delegationId: DelegationId,
  workspaceId: WorkspaceId,
  state: DelegationState,
  task: z.string(),
  /** Set once somebody asked to cancel, with the reason in words. */
  cancel: z.object({ reason: z.string() }).nullable(),
  steps: z.array(RecordedStep),
})
export type Journal = z.infer<typeof Journal>

export function isTerminal(state: DelegationState): boolean {
  return state === 'completed' || state === 'failed' || state === 'cancelled'
}

export function isSettled(state: StepState): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled'
}
