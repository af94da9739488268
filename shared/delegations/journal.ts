import { z } from 'zod'
import { DelegationId, WorkspaceId } from '../kernel/ids.ts'
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
  isRehearsal: z.boolean(),
  contactPolicy: ContactPolicy,
  peers: z.array(Peer),
  tools: z.array(z.string()),
  maxSteps: z.int().positive(),
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

export const RecordedStep = z.object({
  step: z.int().nonnegative(),
  kind: StepKind,
  state: StepState,
  name: z.string(),
  /** The model step whose answer asked for this call, and its place in it. */
  askedBy: z.int().nonnegative().nullable(),
  call: z.int().nonnegative().nullable(),
  childId: DelegationId.nullable(),
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
