import type { CreatedDelegation } from '#shared/delegations/contract.ts'
import { stepLimit } from '#shared/delegations/decide.ts'
import { type RecordedStep, WorkContext } from '#shared/delegations/journal.ts'
import type { ForkDelegation, ForkEdit } from '#shared/delegations/replay-contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Reader } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { hint } from '../../kernel/wake.ts'
import { isRehearsed } from '../../models/registry.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { readOrgState, readRehearsalParts } from './context-store.ts'
import { requesterOf } from './delegate.ts'
import { findStanding, insertDelegation } from './delegation-store.ts'
import { stepsOfFork } from './fork-steps.ts'
import { copySteps } from './fork-store.ts'
import { priorityOf } from './journal-store.ts'
import { insertReady } from './queue-store.ts'
import { readRun } from './replay-store.ts'

type Input = Omit<ForkDelegation, 'orgId'>

/**
 * A delegation of its own that begins with the first steps of another, one thing in them edited, and goes on live from there.
 * Nothing of the copied steps is done again: what their calls gave is what they gave.
 */
export async function forkDelegation(context: OrgContext, input: Input): Promise<CreatedDelegation> {
  requireMay(context, 'delegations.fork')
  const created = await inTransaction(context, async (tx): Promise<CreatedDelegation> => {
    const { delegationId: sourceId, atStep, edit } = input
    const [source, run, rules] = await Promise.all([
      findStanding(tx, sourceId),
      readRun(tx, sourceId),
      readOrgState(tx),
    ])
    if (!source || !run) throw new AppError('not-found', 'There is no such delegation.')
    if (rules.isStopped) throw stopped()
    const workspace = await requireWorkspace(tx, source.workspaceId)
    const kept = stepsOfFork(run.journal, atStep, edit)
    const steps = await Promise.all(
      kept.map((step) => (step.kind === 'context' ? played(tx, step, rules, edit) : step)),
    )
    const journal = { ...run.journal, steps, cancel: null }
    const begun = WorkContext.parse(steps.find((step) => step.kind === 'context')?.output)

    const id = DelegationId.parse(uuidv7())
    const chain = { id, depth: 0 }
    const place = { parentId: null, rootId: id }
    const { actor } = context
    if (actor.kind === 'workspace' || actor.kind === 'agent') throw new AppError('forbidden', 'An agent forks nothing.')
    await insertDelegation(tx, {
      id,
      ...place,
      parentStep: null,
      workspaceId: workspace.id,
      fromWorkspaceId: null,
      requester: requesterOf(actor),
      requesterName: actor.name,
      task: source.task,
      priority: source.priority,
      idempotencyKey: null,
      isRehearsal: begun.isRehearsal,
      stepLimit: stepLimit(journal),
      chain,
    })
    await copySteps(tx, { sourceId, forkId: id }, journal)
    await insertReady(tx, id)
    const of = { delegationId: id, workspaceId: workspace.id, fromWorkspaceId: null }
    tx.tell({ type: 'delegation.forked', payload: { ...of, sourceId, atStep: steps.length - 1 } }, chain)
    tx.tell({ type: 'delegation.queued', payload: { ...of, ...place, priority: priorityOf(source.priority) } }, chain)
    return { delegationId: id, state: 'queued', idempotentHit: false }
  })
  hint(context.db, { kind: 'work' })
  return created
}

/** Who plays the part from here: the model it says now, under the rehearsal switch as it is now. */
async function played(
  reader: Reader,
  step: RecordedStep,
  rules: { isRehearsal: boolean },
  edit: ForkEdit,
): Promise<RecordedStep> {
  const context = WorkContext.parse(step.output)
  const isRehearsal = isRehearsed(context.model, rules.isRehearsal)
  if (isRehearsal === context.isRehearsal && edit.kind !== 'model') return step
  const { id, name } = context.workspace
  const rehearsal = isRehearsal ? await readRehearsalParts(reader, id, name) : []
  return { ...step, output: { ...context, isRehearsal, rehearsal } }
}

function stopped(): AppError {
  return new AppError('conflict', 'The organisation is stopped, so nothing may begin.', {
    fix: 'Start it again first.',
  })
}
