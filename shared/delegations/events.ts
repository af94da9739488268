import { z } from 'zod'
import { DelegationId, WorkspaceId } from '../kernel/ids.ts'
import { MicroDollars } from '../kernel/money.ts'
import { Priority, StepKind, StepState, WaitingFor } from './contract.ts'

/** `fromWorkspaceId` is the giver; null when a person or the system gave it. The edge to light is from → workspaceId. */
const of = { delegationId: DelegationId, workspaceId: WorkspaceId, fromWorkspaceId: WorkspaceId.nullable() }

export const delegationEvents = [
  z.object({
    type: z.literal('delegation.queued'),
    payload: z.object({ ...of, parentId: DelegationId.nullable(), rootId: DelegationId, priority: Priority }),
  }),
  z.object({ type: z.literal('delegation.started'), payload: z.object(of) }),
  z.object({ type: z.literal('delegation.waiting'), payload: z.object({ ...of, waitingFor: WaitingFor }) }),
  z.object({ type: z.literal('delegation.resumed'), payload: z.object(of) }),
  z.object({ type: z.literal('delegation.lost'), payload: z.object(of) }),
  z.object({ type: z.literal('delegation.completed'), payload: z.object({ ...of, cost: MicroDollars }) }),
  z.object({ type: z.literal('delegation.failed'), payload: z.object({ ...of, cost: MicroDollars }) }),
  z.object({ type: z.literal('delegation.cancelled'), payload: z.object({ ...of, cost: MicroDollars }) }),
  z.object({
    type: z.literal('step.changed'),
    payload: z.object({
      delegationId: DelegationId,
      workspaceId: WorkspaceId,
      step: z.int().nonnegative(),
      kind: StepKind,
      state: StepState,
      name: z.string().max(120),
      cost: MicroDollars,
    }),
  }),
  z.object({
    type: z.literal('message.sent'),
    payload: z.object({ delegationId: DelegationId, workspaceId: WorkspaceId, step: z.int().nonnegative() }),
  }),
  /** Somebody told it, and all below it, to end; each tells when it has. */
  z.object({ type: z.literal('delegation.cancel-asked'), payload: z.object(of) }),
  /** Its work goes on in another workspace, as another delegation. */
  z.object({
    type: z.literal('delegation.reassigned'),
    payload: z.object({ ...of, toWorkspaceId: WorkspaceId, toDelegationId: DelegationId }),
  }),
  /** A new delegation that shares the first steps of another. */
  z.object({
    type: z.literal('delegation.forked'),
    payload: z.object({ ...of, sourceId: DelegationId, atStep: z.int().nonnegative() }),
  }),
  /** The loop breaker stopped this delegation's chain; `rule` says which repetition it saw. */
  z.object({ type: z.literal('chain.paused'), payload: z.object({ ...of, rule: z.string().max(60) }) }),
  z.object({
    type: z.literal('chain.resumed'),
    payload: z.object({ ...of, how: z.enum(['once', 'always', 'end']) }),
  }),
] as const
