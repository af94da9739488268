import type { StepView } from '#shared/delegations/contract.ts'
import { alignSteps, commonBeginning } from '#shared/delegations/replay-align.ts'
import type { Comparison, Relatives } from '#shared/delegations/replay-contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot, type Reader } from '../../kernel/db.ts'
import { forksOf, readKin } from './fork-store.ts'
import { presentDelegation, presentStep } from './present.ts'
import { findDelegation, stepsOf } from './view-store.ts'

/** Two delegations side by side; most often one and its fork. */
export async function compareDelegations(
  context: OrgContext,
  given: { left: DelegationId; right: DelegationId },
): Promise<Comparison> {
  requireMay(context, 'delegations.replay')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const [left, right, kin] = await Promise.all([
      sideOf(reader, given.left),
      sideOf(reader, given.right),
      readKin(reader, given.right),
    ])
    const isFork = kin?.forkedFrom === given.left
    const shared = isFork ? (kin?.forkedAtStep ?? -1) + 1 : commonBeginning(left.steps, right.steps)
    const paid = left.steps.slice(0, shared)
    return {
      left,
      right,
      rows: alignSteps(left.steps, right.steps, shared),
      shared,
      sharedCost: sum(paid, (step) => step.cost),
      sharedTokens: sum(paid, (step) => step.inputTokens + step.outputTokens),
      isFork,
    }
  })
}

/** What a delegation was forked from, and its own forks. */
export async function relativesOf(context: OrgContext, id: DelegationId): Promise<Relatives> {
  requireMay(context, 'delegations.replay')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const [kin, forks] = await Promise.all([readKin(reader, id), forksOf(reader, id)])
    if (!kin) throw new AppError('not-found', 'There is no such delegation.')
    return { ...kin, forks: forks.map((fork) => ({ ...fork, createdAt: fork.createdAt.toISOString() })) }
  })
}

async function sideOf(reader: Reader, id: DelegationId): Promise<Comparison['left']> {
  const [found, steps] = await Promise.all([findDelegation(reader, id), stepsOf(reader, id)])
  if (!found) throw new AppError('not-found', 'There is no such delegation.')
  return { delegation: presentDelegation(found), steps: steps.map(presentStep) }
}

function sum(steps: readonly StepView[], of: (step: StepView) => number): number {
  return steps.reduce((total, step) => total + of(step), 0)
}
