import { canonicalText } from '#shared/delegations/canonical.ts'
import { type Mismatch, replay } from '#shared/delegations/replay.ts'
import type { ReplayReport } from '#shared/delegations/replay-contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { idsAfter, readRun } from './replay-store.ts'

/** Decides a recorded delegation anew, step by step, without a model call or an effect, and says whether it is the same. */
export async function replayDelegation(context: OrgContext, id: DelegationId): Promise<ReplayReport> {
  requireMay(context, 'delegations.replay')
  const run = await inSnapshot(context.db, context.orgId, (reader) => readRun(reader, id))
  if (!run) throw new AppError('not-found', 'There is no such delegation.')
  const { equal, mismatch, events } = replay(run)
  return { equal, mismatch, steps: run.journal.steps.length, events: canonicalText(events), modelCalls: 0 }
}

const page = 200

/** The same for all work of an organisation, in the order it was given. */
export async function replayAll(
  context: OrgContext,
): Promise<{ replayed: number; differing: { id: DelegationId; mismatch: Mismatch }[] }> {
  requireMay(context, 'delegations.replay')
  const { db, orgId } = context
  const differing: { id: DelegationId; mismatch: Mismatch }[] = []
  let replayed = 0
  let after: DelegationId | undefined
  for (;;) {
    const ids = await inSnapshot(db, orgId, (reader) => idsAfter(reader, after, page))
    for (const id of ids) {
      const run = await inSnapshot(db, orgId, (reader) => readRun(reader, id))
      if (!run) continue
      const { mismatch } = replay(run)
      replayed += 1
      if (mismatch) differing.push({ id, mismatch })
    }
    after = ids.at(-1)
    if (ids.length < page) return { replayed, differing }
  }
}
