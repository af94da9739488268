import type { z } from 'zod'
import { CreateDelegation, type CreatedDelegation, priorityRank, type Requester } from '#shared/delegations/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { DelegationId, type WorkspaceId } from '#shared/kernel/ids.ts'
import { type Actor, agentOf, type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { requireRoomForWork } from '../../kernel/limits/quota-store.ts'
import { userBehind } from '../../kernel/machines/user-behind.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { hint } from '../../kernel/wake.ts'
import { isRehearsed } from '../../models/registry.ts'
import { loadChart, requireWorkspace } from '../workspaces/index.ts'
import { lockBeginning } from './company-store.ts'
import { readOrgState } from './context-store.ts'
import { type Above, findAbove, findByKey, insertDelegation } from './delegation-store.ts'
import { priorityOf } from './journal-store.ts'
import { checkNewDelegation } from './loop-gate.ts'
import { countBusy, lockPlaces } from './places-store.ts'
import { requireContact, requireDepth } from './policy.ts'
import { insertReady } from './queue-store.ts'

const Input = CreateDelegation.omit({ orgId: true })
type DelegateInput = z.input<typeof Input>

/** Gives a workspace a piece of work. It is queued at once and starts as soon as the workspace has a place. */
export async function delegate(context: OrgContext, input: DelegateInput): Promise<CreatedDelegation> {
  const created = await inTransaction(context, (tx) => delegateIn(tx, context, input))
  hint(context.db, { kind: 'work' })
  return created
}

/** The same within a transaction of the caller; `step` is the step of an agent's delegation that asks. */
export async function delegateIn(
  tx: Tx,
  context: OrgContext,
  given: DelegateInput,
  step: number | null = null,
): Promise<CreatedDelegation> {
  if (context.actor.kind === 'person' || context.actor.kind === 'key') requireMay(context, 'delegations.give')
  const input = Input.parse(given)
  // Work of agents ends with the work it is part of; what comes from outside must not slip past a stop.
  if (context.actor.kind !== 'workspace') await lockBeginning(tx)
  const [target, rules] = await Promise.all([
    requireWorkspace(tx, input.workspaceId),
    readOrgState(tx),
    requireRoomForWork(tx),
  ])
  if (rules.isStopped) throw stopped()
  const origin = await originOf(tx, context, target, rules.contactPolicy)
  const key = input.idempotencyKey ? { ...input, ...origin, idempotencyKey: input.idempotencyKey } : undefined
  const existing = key && (await findByKey(tx, key))
  if (existing) return { delegationId: existing.id, state: existing.state, idempotentHit: true }
  if (input.rejectWhenBusy) await requireFreePlace(tx, target)

  const id = DelegationId.parse(uuidv7())
  const above = origin.above
  const chain = above
    ? { id: above.chain.id, depth: above.chain.depth + 1 }
    : { id: context.chain?.id ?? id, depth: context.chain?.depth ?? 0 }
  const priority = above ? above.priority : priorityRank[input.priority]
  const { fromWorkspaceId, parentId, requester } = origin
  const rootId = above?.rootId ?? id
  if (context.actor.kind !== 'person') {
    const agent = agentOf(context.actor)
    const from = agent && { id: agent.workspaceId, name: agent.name }
    await checkNewDelegation(tx, { chain, askerId: parentId, from, to: target, task: input.task })
  }
  const isNew = await insertDelegation(tx, {
    id,
    parentId,
    rootId,
    parentStep: step,
    workspaceId: target.id,
    fromWorkspaceId,
    requester,
    requesterName: context.actor.name,
    task: input.task,
    priority,
    idempotencyKey: input.idempotencyKey ?? null,
    isRehearsal: isRehearsed(target.model, rules.isRehearsal),
    stepLimit: target.maxSteps,
    chain,
  })
  if (!isNew) return await sameAsOther(tx, key)
  await insertReady(tx, id)
  const of = { delegationId: id, workspaceId: target.id, fromWorkspaceId, parentId, rootId }
  tx.tell({ type: 'delegation.queued', payload: { ...of, priority: priorityOf(priority) } }, chain)
  return { delegationId: id, state: 'queued', idempotentHit: false }
}

function stopped(): AppError {
  return new AppError('conflict', 'The organisation is stopped, so nothing may begin.', {
    fix: 'Start it again first.',
  })
}

type Origin = {
  requester: Requester
  fromWorkspaceId: WorkspaceId | null
  parentId: DelegationId | null
  above: Above | null
}

/** Who asks, and may they? Agents hand on parts of work they have, to whom the org chart lets them. */
async function originOf(
  tx: Tx,
  { actor }: OrgContext,
  target: { id: WorkspaceId; name: string },
  policy: Parameters<typeof requireContact>[3],
): Promise<Origin> {
  const none = { fromWorkspaceId: null, parentId: null, above: null }
  if (actor.kind !== 'workspace' && actor.kind !== 'agent') return { ...none, requester: requesterOf(actor) }
  const { workspaceId, name } = actor
  const chart = await loadChart(tx)
  requireContact({ id: workspaceId, name }, target, chart.parentOf, policy)
  if (actor.kind === 'agent') {
    const issuer = await userBehind(tx, actor)
    const by = issuer && { onBehalfOf: [issuer] }
    const requester = { kind: 'workspace' as const, workspaceId, delegationId: null, ...by }
    return { ...none, requester, fromWorkspaceId: workspaceId }
  }
  const { delegationId } = actor
  const above = await findAbove(tx, delegationId)
  if (!above || above.isOver) throw new AppError('conflict', 'The delegation this belongs to has ended.')
  requireDepth(above.chain.depth + 1)
  const requester = { kind: 'workspace' as const, workspaceId, delegationId }
  return { requester, fromWorkspaceId: workspaceId, parentId: delegationId, above }
}

/** Who gave work that is part of no other. */
export function requesterOf(actor: Exclude<Actor, { kind: 'workspace' | 'agent' }>): Requester {
  if (actor.kind === 'person') return { kind: 'person', userId: actor.userId }
  if (actor.kind === 'key') return { kind: 'key', keyId: actor.keyId, name: actor.name }
  const { name, onBehalfOf = [] } = actor
  return { kind: 'system', name, ...(onBehalfOf.length > 0 && { onBehalfOf: [...onBehalfOf] }) }
}

async function requireFreePlace(
  tx: Tx,
  target: { id: WorkspaceId; name: string; maxConcurrentTasks: number },
): Promise<void> {
  await lockPlaces(tx, target.id)
  const busy = await countBusy(tx, target.id)
  if (busy < target.maxConcurrentTasks) return
  throw new AppError('busy', `${target.name} is busy: ${busy} of ${target.maxConcurrentTasks} places are taken.`, {
    fix: 'Try again later, or let the work wait in the queue.',
  })
}

/** Somebody with the same key was faster by a moment; theirs is committed now. */
async function sameAsOther(tx: Tx, key: Parameters<typeof findByKey>[1] | undefined): Promise<CreatedDelegation> {
  const other = key && (await findByKey(tx, key))
  if (!other) throw new AppError('conflict', 'The delegation could not be created.', { fix: 'Try again.' })
  return { delegationId: other.id, state: other.state, idempotentHit: true }
}
