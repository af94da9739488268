import { canonicalText } from '#shared/delegations/canonical.ts'
import { replay } from '#shared/delegations/replay.ts'
import type { ReplayReport } from '#shared/delegations/replay-contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireRole } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { readRun } from './replay-store.ts'

/** Decides a recorded delegation anew, step by step, without a model call or an effect, and says whether it is the same. */
export async function replayDelegation(context: OrgContext, id: DelegationId): Promise<ReplayReport> {
  requireRole(context, 'viewer')
  const run = await inSnapshot(context.db, context.orgId, (reader) => readRun(reader, id))
  if (!run) throw new AppError('not-found', 'There is no such delegation.')
  const { equal, mismatch, events } = replay(run)
  return { equal, mismatch, steps: run.journal.steps.length, events: canonicalText(events), modelCalls: 0 }
}
