import type { z } from 'zod'
import { AppError } from '#shared/kernel/app-error.ts'
import { DelegationId } from '#shared/kernel/ids.ts'
import type { GiveDelegation } from '#shared/keys/agent-contract.ts'
import { delegateIn, findStanding } from '../../features/delegations/index.ts'
import { inSnapshot, inTransaction } from '../../kernel/db.ts'
import { hint } from '../../kernel/wake.ts'
import { requireFree } from './call-tool.ts'
import type { AgentContext } from './require-agent.ts'

/** The same act as the tool delegate_task_async. The same idempotency key gives the same delegation again. */
const asTool = { name: 'delegate_task_async', hints: { readOnly: false, coordinates: true } }

/** Gives a peer work and answers at once. */
export async function giveDelegation(agent: AgentContext, input: z.output<typeof GiveDelegation>) {
  const { context } = agent
  const { target_id: workspaceId, task, idempotency_key: idempotencyKey } = input
  const created = await inTransaction(context, async (tx) => {
    await requireFree(tx, agent, asTool)
    return await delegateIn(tx, context, { workspaceId, task, idempotencyKey })
  })
  hint(context.db, { kind: 'work' })
  return {
    delegation_id: created.delegationId,
    status: 'delegated',
    target_id: workspaceId,
    idempotent_hit: created.idempotentHit,
  }
}

/** What became of work this workspace gave. */
export async function readDelegation({ context: { db, orgId }, workspaceId }: AgentContext, asked: unknown) {
  const id = DelegationId.safeParse(asked)
  const found = id.success ? await inSnapshot(db, orgId, (reader) => findStanding(reader, id.data)) : undefined
  if (found?.fromWorkspaceId !== workspaceId) throw new AppError('not-found', 'You gave no such delegation.')
  const { state, waitingFor, reason, answer } = found
  return {
    delegation_id: found.id,
    target_id: found.workspaceId,
    target_name: found.workspaceName,
    state,
    waiting_for: waitingFor,
    reason,
    answer,
  }
}
