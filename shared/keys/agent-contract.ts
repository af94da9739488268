import { z } from 'zod'
import { CreateDelegation } from '../delegations/contract.ts'
import { WorkspaceId } from '../kernel/ids.ts'

/** What an agent outside may send. Strict: what it may not change cannot even be named. */
export const CheckAccess = z.strictObject({
  /** Its own workspace; another one's is refused. */
  caller_id: z.string().max(120).optional(),
  target_id: WorkspaceId,
})

export const GiveDelegation = z.strictObject({
  target_id: WorkspaceId,
  task: CreateDelegation.shape.task,
  idempotency_key: CreateDelegation.shape.idempotencyKey,
})

/** Place in the org's log after which the agent wants to be told. */
export const Cursor = z
  .string()
  .regex(/^\d{1,15}$/, 'Give the cursor as it was given to you.')
  .transform(Number)
